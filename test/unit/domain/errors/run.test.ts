import {expect} from 'chai'
import {
  NoSuchRunError,
  RunRefusedError,
  RunTimeoutError,
} from '../../../../src/domain/errors/run.js'
import {expectError} from './expect-error.js'

describe('errors of runs', () => {
  it('are exit 1, and name the run and the account', () => {
    const error = new NoSuchRunError('run_1', 'ada@example.test')
    expectError(error, {code: 'NO_SUCH_RUN', exitCode: 1})
    expect(error.message).to.equal(
      'There is no such run for this account (ada@example.test): run_1.',
    )
  })

  it('quote the service', () => {
    const error = new RunRefusedError('mogplex.com', 'the sandbox is gone')
    expectError(error, {code: 'RUN_REFUSED', exitCode: 1})
    expect(error.message).to.equal('mogplex.com refuses: the sandbox is gone.')
  })

  it('say that the run continues', () => {
    const error = new RunTimeoutError('run_1', 5)
    expectError(error, {code: 'RUN_TIMED_OUT', exitCode: 1})
    expect(error.message).to.equal('The run did not end within 5 s. It goes on.')
    expect(error.remedy).to.include('mogplex attach run_1')
  })
})
