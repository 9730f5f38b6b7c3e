import {expect} from 'chai'
import {
  AnswerTooLargeError,
  RemoteError,
  SharedTroubleError,
  UnreachableError,
} from '../../../../src/domain/errors/remote.js'
import {expectError} from './expect-error.js'

describe('the errors of network and server', () => {
  it('have exit 69 and a remedy', () => {
    expectError(new RemoteError('It answers 500.'), {code: 'REMOTE', exitCode: 69})
    expectError(new UnreachableError('It is away.'), {code: 'UNREACHABLE', exitCode: 69})
    const tooLarge = new AnswerTooLargeError('It answered with more than 8 MB.')
    expectError(tooLarge, {code: 'ANSWER_TOO_LARGE', exitCode: 69})
    expect(new UnreachableError('It is away.')).to.be.instanceOf(RemoteError)
    expect(new RemoteError('It answers 500.', 'Set it.').remedy).to.equal('Set it.')
  })

  it('can be passed between processes', () => {
    const told = {message: 'It is away.', remedy: 'Try again.'}
    expectError(new SharedTroubleError({...told, exitCode: 69}), {code: 'REMOTE', exitCode: 69})
    const later = new SharedTroubleError({...told, exitCode: 75, retryAfterSeconds: 7})
    expectError(later, {code: 'RATE_LIMITED', exitCode: 75})
    expect(later).to.include({message: 'It is away.', retryAfterSeconds: 7})
  })

  it('record whether a request may have arrived', () => {
    expect(new UnreachableError('It was cut.').mayHaveArrived).to.equal(true)
    expect(new UnreachableError('No DNS.', undefined, false).mayHaveArrived).to.equal(false)
  })
})
