import {RequestRefusedError} from '../../../../src/domain/errors/api.js'
import {expectError} from './expect-error.js'

describe("the errors of Mogplex's API", () => {
  it('carry the code of the API, with exit 1', () => {
    const error = new RequestRefusedError('It refuses.', 'NOT_FOUND', 'Check the id.')
    expectError(error, {code: 'NOT_FOUND', exitCode: 1})
  })
})
