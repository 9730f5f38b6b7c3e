import {expect} from 'chai'
import {RateLimitedError} from '../../../../src/domain/errors/later.js'
import {expectError} from './expect-error.js'

describe('RateLimitedError', () => {
  it('has exit 75, names the host and says when to try again', () => {
    const error = new RateLimitedError('mogplex.com', 7)
    expectError(error, {code: 'RATE_LIMITED', exitCode: 75})
    expect(error.message).to.include('mogplex.com')
    expect(error.remedy).to.equal('Try again in 7 s.')
    expect(error.retryAfterSeconds).to.equal(7)
  })

  it('knows an answer where the server does not say when, and one of 0 seconds', () => {
    const error = new RateLimitedError('mogplex.com')
    expectError(error, {code: 'RATE_LIMITED', exitCode: 75})
    expect(error.remedy).to.equal('Try again in a minute.')
    expect(new RateLimitedError('mogplex.com', 0).remedy).to.equal('Try again in 0 s.')
  })
})
