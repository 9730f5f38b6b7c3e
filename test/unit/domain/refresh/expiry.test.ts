import {expect} from 'chai'
import {
  isExpired,
  isRefreshDue,
  refreshTokenEnds,
  signedInUntil,
} from '../../../../src/domain/refresh/expiry.js'
import {makeKey, makeLogin, NOW} from '../../../support/make-credential.js'

function after(milliseconds: number): Date {
  return new Date(NOW.getTime() + milliseconds)
}

describe('isExpired', () => {
  it('is true from the exact instant on', () => {
    const expired = (expiresAt: Date): boolean => isExpired(makeLogin({expiresAt}), NOW)
    expect([after(1), after(0), after(-1)].map(expired)).to.deep.equal([false, true, true])
  })

  it('is false for a login without an expiry, and for a key', () => {
    expect(isExpired(makeLogin({expiresAt: undefined}), NOW)).to.equal(false)
    expect(isExpired(makeKey('openai', {obtainedAt: new Date(0)}), NOW)).to.equal(false)
  })
})

describe('refreshTokenEnds', () => {
  it('is 30 days after the login at the Mogplex service', () => {
    expect(refreshTokenEnds(makeLogin())).to.deep.equal(new Date('2026-12-23T16:00:00.000Z'))
  })

  it('is unknown without a refresh token, and for another server', () => {
    expect(refreshTokenEnds(makeLogin({refreshToken: undefined}))).to.equal(undefined)
    expect(refreshTokenEnds(makeLogin({clientId: 'other'}))).to.equal(undefined)
  })
})

describe('isRefreshDue', () => {
  const MINUTE = 60_000
  const dueAt = (life: number, age: number): boolean =>
    isRefreshDue(makeLogin({expiresAt: after(life)}), after(age))

  it('is true when less than 5 minutes are left', () => {
    expect(dueAt(60 * MINUTE, 55 * MINUTE - 1)).to.equal(false)
    expect(dueAt(60 * MINUTE, 55 * MINUTE)).to.equal(true)
    expect(dueAt(60 * MINUTE, 61 * MINUTE)).to.equal(true)
  })

  it('is true for a short lifetime when less than a quarter of it is left', () => {
    expect(dueAt(4 * MINUTE, 3 * MINUTE - 1)).to.equal(false)
    expect(dueAt(4 * MINUTE, 3 * MINUTE)).to.equal(true)
  })

  it('is false for a new token', () => {
    expect(dueAt(60 * MINUTE, 0)).to.equal(false)
    expect(dueAt(1000, 0)).to.equal(false)
  })

  it('is false where nothing can be refreshed, or where there is no expiry', () => {
    expect(isRefreshDue(makeLogin({refreshToken: undefined}), after(1e9))).to.equal(false)
    expect(isRefreshDue(makeLogin({expiresAt: undefined}), after(1e9))).to.equal(false)
  })

  it('tolerates clock changes', () => {
    expect(isRefreshDue(makeLogin({obtainedAt: after(1e9)}), NOW)).to.equal(false)
    expect(isRefreshDue(makeLogin({expiresAt: after(-1e9)}), NOW)).to.equal(true)
  })
})

describe('signedInUntil', () => {
  it('is the expiry of the refresh token, or of an access token without one', () => {
    const {expiresAt} = makeLogin()
    expect(signedInUntil(makeLogin())).to.deep.equal(new Date('2026-12-23T16:00:00.000Z'))
    expect(signedInUntil(makeLogin({refreshToken: undefined}))).to.deep.equal(expiresAt)
  })

  it('is unknown for a refresh token of another server', () => {
    expect(signedInUntil(makeLogin({clientId: 'other'}))).to.equal(undefined)
  })
})
