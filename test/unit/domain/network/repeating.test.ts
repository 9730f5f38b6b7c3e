import {expect} from 'chai'
import {CredentialRejectedError} from '../../../../src/domain/errors/authentication.js'
import {LockedError, RateLimitedError} from '../../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {
  RemoteError,
  UnavailableError,
  UnreachableError,
} from '../../../../src/domain/errors/remote.js'
import {
  mayBeDone,
  REPEATS,
  type RepeatRule,
  waitBeforeRepeat,
} from '../../../../src/domain/network/repeating.js'

const busy = new RateLimitedError('mogplex.com')
const away = new UnreachableError('No DNS.', undefined, false)
const cut = new UnreachableError('It was cut.')
const failed = new RemoteError('It answers 500.')
const soon = (seconds: number) => new UnavailableError('It answers 503.', 'Wait.', seconds)

/** The waits for a permanent failure; a request takes no time. */
function waits(rule: RepeatRule, error: unknown, most = 9): number[] {
  const seen: number[] = []
  for (let elapsedMs = 0; seen.length < most;) {
    const waitMs = waitBeforeRepeat(rule, error, {repeats: seen.length, elapsedMs})
    if (waitMs === undefined) break
    seen.push(waitMs)
    elapsedMs += waitMs
  }
  return seen
}

describe('a refresh token that the server certainly did not process,', () => {
  for (const [what, error, expected] of [
    ['without a connection', away, [250, 500, 1000]],
    ['after a 429', busy, [1000, 2000, 4000]],
    ['after a 429 with a wait', new RateLimitedError('mogplex.com', 4), [4000, 4000, 4000]],
    ['after a 503 with a wait', soon(7), [7000, 7000]],
    ['after one that says "at once"', soon(0), [300, 300, 300]],
    ['not after one that says an hour', soon(3600), []],
  ] as const) {
    it(`is sent again at most three times, and within 15 s: ${what}`, () => {
      expect(mayBeDone(error)).to.equal(false)
      expect(waits(REPEATS.refresh, error)).to.deep.equal(expected)
    })
  }

  it('is sent again within two seconds while the access token is valid', () => {
    expect(waits(REPEATS.earlyRefresh, soon(0))).to.deep.equal([300, 300, 300])
    expect(waits(REPEATS.earlyRefresh, soon(2))).to.deep.equal([2000])
    expect(waits(REPEATS.earlyRefresh, soon(3))).to.deep.equal([])
  })
})

describe('a refresh token that may be spent', () => {
  const told = new RemoteError('It answers 502.', 'Wait.', 5)
  for (const error of [cut, failed, told]) {
    it(`is sent again once, at once, when there is nothing to lose: ${error.message}`, () => {
      expect(mayBeDone(error)).to.equal(true)
      expect(waits(REPEATS.refresh, error)).to.deep.equal([0])
      const late = {repeats: 0, elapsedMs: 60_000}
      expect(waitBeforeRepeat(REPEATS.refresh, error, late)).to.equal(0)
      expect(waits(REPEATS.earlyRefresh, error)).to.deep.equal([])
    })
  }
})

describe('a safe request', () => {
  it('is repeated after any failure, where a refresh needs it', () => {
    for (const error of [away, cut, failed]) {
      expect(waits(REPEATS.metadata, error)).to.deep.equal([250, 500, 1000])
    }
  })
})

describe('a failure that says nothing about the server', () => {
  it('is not repeated', () => {
    const errors = [
      new LockedError('is refreshing the login', undefined),
      new LocalFileError('The disk is full.', 'Free some space.'),
      new CredentialRejectedError('It ended.'),
      new CredentialRejectedError('401', 'Sign in.', true),
      new TypeError('a bug'),
      'text',
    ]
    const {reading, harmless, metadata, refresh, earlyRefresh, runAtFirst} = REPEATS
    for (const error of errors) {
      for (const rule of [reading, harmless, metadata, refresh, earlyRefresh, runAtFirst]) {
        expect(waits(rule, error), String(error)).to.deep.equal([])
      }
    }
  })

  it('may have been processed by a server all the same', () => {
    expect(mayBeDone(new TypeError('a bug'))).to.equal(true)
  })
})
