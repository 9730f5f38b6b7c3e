import {expect} from 'chai'
import {BadPathError, RequestRefusedError} from '../../../../src/domain/errors/api.js'
import {expectError} from './expect-error.js'

describe("the errors of Mogplex's API", () => {
  it('carry the code of the API, with exit 1', () => {
    const error = new RequestRefusedError('It refuses.', 'NOT_FOUND', 'Check the id.')
    expectError(error, {code: 'NOT_FOUND', exitCode: 1})
  })

  it('say what is wrong with a path, and whose bug it is', () => {
    const error = new BadPathError('leads out of it')
    expect(error).to.include({code: 'BAD_PATH', exitCode: 1})
    expect(error.message).to.include('leads out of it')
    expect(error.remedy).to.include('plugin')
  })
})
