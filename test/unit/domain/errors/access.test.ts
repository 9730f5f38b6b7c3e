import {ScopeMissingError} from '../../../../src/domain/errors/access.js'
import {expectError} from './expect-error.js'

describe('ScopeMissingError', () => {
  it('has exit 65 and a remedy', () => {
    const error = new ScopeMissingError('It may not write.', 'Run `mogplex login`.')
    expectError(error, {code: 'SCOPE_MISSING', exitCode: 65})
  })
})
