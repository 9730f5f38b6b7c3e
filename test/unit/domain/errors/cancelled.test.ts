import {CancelledError} from '../../../../src/domain/errors/cancelled.js'
import {expectError} from './expect-error.js'

describe('CancelledError', () => {
  it('has exit 130 and a remedy', () => {
    const error = new CancelledError('It was interrupted.', 'Run `mogplex login`.')
    expectError(error, {code: 'CANCELLED', exitCode: 130})
  })
})
