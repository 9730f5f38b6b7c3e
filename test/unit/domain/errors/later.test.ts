import {expect} from 'chai'
import {
  LockedError,
  NothingPastedError,
  RateLimitedError,
} from '../../../../src/domain/errors/later.js'
import {expectError} from './expect-error.js'

describe('NothingPastedError', () => {
  it('has exit 75: the sign-in still waits', () => {
    expectError(new NothingPastedError(), {code: 'NOTHING_PASTED', exitCode: 75})
  })
})

describe('RateLimitedError', () => {
  it('has exit 75, names the host and says when to try again', () => {
    const error = new RateLimitedError('mogplex.com', 7)
    expectError(error, {code: 'RATE_LIMITED', exitCode: 75})
    expect(error.message).to.include('mogplex.com')
    expect(error.remedy).to.equal('Try again in 7 s.')
    expect(error.retryAfterSeconds).to.equal(7)
  })

  it('handles an answer where the server does not say when, and one of 0 seconds', () => {
    const error = new RateLimitedError('mogplex.com')
    expectError(error, {code: 'RATE_LIMITED', exitCode: 75})
    expect(error.remedy).to.equal('Try again in a minute.')
    expect(new RateLimitedError('mogplex.com', 0).remedy).to.equal('Try again now.')
  })
})

describe('LockedError', () => {
  it('has exit 75, and names the owner of the lock, the host, and the time', () => {
    const since = new Date('2026-11-23T16:00:00.000Z')
    const owner = {pid: 4711, host: 'ada 0123456789ab pid:[4026531836]', since}
    const error = new LockedError('is refreshing the login', owner)
    expectError(error, {code: 'LOCKED', exitCode: 75})
    expect(error.message).to.equal(
      'Another mogplex (process 4711 on ada, since 2026-11-23 16:00 UTC) is refreshing the login, and did not finish in time.',
    )
    expect(error.remedy).to.include('if process 4711 hangs, end it')
  })

  it('has a message where the owner is unknown, and shows no escape sequences', () => {
    expectError(new LockedError('is writing', undefined), {code: 'LOCKED', exitCode: 75})
    const owner = {pid: 1, host: '\u001B[2Jada', since: new Date(0)}
    expect(new LockedError('is writing', owner).message).not.to.include('\u001B')
  })
})
