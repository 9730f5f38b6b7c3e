import {expect} from 'chai'
import {isExpired, refreshTokenEnds} from '../../../src/domain/expiry.js'
import {makeKey, makeLogin, NOW} from '../../support/make-credential.js'

function after(milliseconds: number): Date {
  return new Date(NOW.getTime() + milliseconds)
}

describe('isExpired', () => {
  it('is true from the very instant on', () => {
    const expired = (expiresAt: Date): boolean => isExpired(makeLogin({expiresAt}), NOW)
    expect([after(1), after(0), after(-1)].map(expired)).to.deep.equal([false, true, true])
  })

  it('is false of a login without an end, and of a key', () => {
    expect(isExpired(makeLogin({expiresAt: undefined}), NOW)).to.equal(false)
    expect(isExpired(makeKey('openai', {obtainedAt: new Date(0)}), NOW)).to.equal(false)
  })
})

describe('refreshTokenEnds', () => {
  it('is 30 days after the login at the Mogplex service', () => {
    expect(refreshTokenEnds(makeLogin())).to.deep.equal(new Date('2026-12-23T16:00:00.000Z'))
  })

  it('is not known without a refresh token, or of another server', () => {
    expect(refreshTokenEnds(makeLogin({refreshToken: undefined}))).to.equal(undefined)
    expect(refreshTokenEnds(makeLogin({clientId: 'other'}))).to.equal(undefined)
  })
})
