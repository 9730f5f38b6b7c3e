import {expect} from 'chai'
import {
  attemptOf,
  formatAttempt,
  interruptionText,
  isAttemptOf,
  isInterrupted,
  parseAttempt,
} from '../../../../src/domain/refresh/refresh-attempt.js'
import type {RefreshFailure} from '../../../../src/domain/refresh/refresh-failure.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {makeLogin, NOW} from '../../../support/make-credential.js'

const LOGIN = makeLogin()
const ATTEMPT = attemptOf(LOGIN, 4711, NOW)
const FAILURE: RefreshFailure = {
  at: NOW,
  exitCode: 69,
  message: 'It is away.',
  remedy: 'Try again.',
  lost: true,
}

describe('a recorded refresh', () => {
  it('identifies the login and the refresh token that were sent, and contains no secret', () => {
    expect(isAttemptOf(ATTEMPT, LOGIN)).to.equal(true)
    expect(isAttemptOf(ATTEMPT, makeLogin({accessToken: new Secret('another')}))).to.equal(true)
    expect(isAttemptOf(ATTEMPT, makeLogin({refreshToken: new Secret('another')}))).to.equal(false)
    expect(isAttemptOf(ATTEMPT, makeLogin({grantId: 'another'}))).to.equal(false)
    expect(isAttemptOf(undefined, LOGIN)).to.equal(false)
    expect(formatAttempt(ATTEMPT)).not.to.include('token-value')
  })

  it('survives a round trip', () => {
    expect(parseAttempt(formatAttempt(ATTEMPT))).to.deep.equal({...ATTEMPT, failure: undefined})
    const failed = {...ATTEMPT, failure: FAILURE}
    expect(parseAttempt(formatAttempt(failed))).to.deep.equal(failed)
  })

  for (const text of [
    '',
    '{"grantId": "gr',
    '[]',
    '{}',
    JSON.stringify({...ATTEMPT, since: '?'}),
  ]) {
    it(`cannot be read from ${JSON.stringify(text).slice(0, 30)}`, () => {
      expect(parseAttempt(text)).to.equal(undefined)
    })
  }

  it('ignores an incomplete failure: it may have been cut off', () => {
    for (const changes of [{at: 1}, {exitCode: 64}, {message: 1}, {remedy: undefined}]) {
      const text = JSON.stringify({...ATTEMPT, failure: {...FAILURE, ...changes}})
      const read = parseAttempt(text)
      expect(read?.failure).to.equal(undefined)
      expect(read && isInterrupted(read)).to.equal(true)
    }
  })

  it('is interrupted when its outcome is unknown', () => {
    expect(isInterrupted(ATTEMPT)).to.equal(true)
    expect(isInterrupted({...ATTEMPT, failure: FAILURE})).to.equal(true)
    expect(isInterrupted({...ATTEMPT, failure: {...FAILURE, lost: false}})).to.equal(false)
  })

  it('says what happened, when, and in which process', () => {
    expect(interruptionText(ATTEMPT)).to.equal(
      'a refresh at 2026-11-23 16:00 UTC was cut off before its answer was stored (process 4711)',
    )
    expect(interruptionText({...ATTEMPT, failure: FAILURE})).to.equal(
      'a refresh at 2026-11-23 16:00 UTC got no usable answer',
    )
  })
})
