import {expect} from 'chai'
import {ScopeMissingError} from '../../../../src/domain/errors/access.js'
import {
  CredentialRejectedError,
  NotLoggedInError,
  UnexpectedPageError,
} from '../../../../src/domain/errors/authentication.js'
import {RateLimitedError} from '../../../../src/domain/errors/later.js'
import {RemoteError, UnreachableError} from '../../../../src/domain/errors/remote.js'
import {NoSuchRunError} from '../../../../src/domain/errors/run.js'
import {
  FASTEST_MS,
  higherFloorMs,
  isPassing,
  mayRetryAtFirst,
  pauseMs,
  retryMs,
} from '../../../../src/domain/run/polling.js'

describe('when to ask again', () => {
  it('is soon after something happened, and ever later while nothing does', () => {
    expect(pauseMs(20_000, false, FASTEST_MS)).to.equal(FASTEST_MS)
    let ms = FASTEST_MS
    const waits = Array.from({length: 10}, () => (ms = pauseMs(ms, true, FASTEST_MS)))
    expect(waits.slice(0, 2)).to.deep.equal([2250, 3375])
    expect(waits.at(-1)).to.equal(20_000)
  })

  it('is later after "too many requests", up to a limit', () => {
    expect(pauseMs(1500, false, higherFloorMs(FASTEST_MS))).to.equal(3000)
    let ms = FASTEST_MS
    for (let turn = 0; turn < 10; turn += 1) ms = higherFloorMs(ms)
    expect(ms).to.equal(12_000)
  })

  for (const [title, error, failures, expected] of [
    ['as the server says', new RateLimitedError('h', 7), 0, 7000],
    ['as a failing server says', new RemoteError('m', 'r', 9), 3, 9000],
    ['never at once', new RateLimitedError('h', 0), 0, 1000],
    ['not in a year', new RateLimitedError('h', 999_999_999), 0, 3_600_000],
    ['in 30 s, when it does not say', new RateLimitedError('h'), 0, 30_000],
    ['after a second at first', new RemoteError('m'), 0, 1000],
    ['after ever longer', new UnreachableError('m'), 3, 8000],
    ['after 30 s at most', new UnreachableError('m'), 1000, 30_000],
  ] as const) {
    it(`is ${title}`, () => expect(retryMs(error, failures)).to.equal(expected))
  }
})

describe('trouble', () => {
  it('is temporary when it says nothing about the run or the credential', () => {
    for (const error of [
      new RemoteError('m'),
      new UnreachableError('m'),
      new RateLimitedError('h'),
      new UnexpectedPageError('HTML where JSON was due'),
    ]) {
      expect(isPassing(error), error.message).to.equal(true)
    }
    for (const error of [
      new CredentialRejectedError('401', 'r', true),
      new CredentialRejectedError('The server ended the login.'),
      new NotLoggedInError(),
      new ScopeMissingError('m', 'r'),
      new NoSuchRunError('r', 'a'),
      new Error('a bug'),
      'text',
    ]) {
      expect(isPassing(error), String(error)).to.equal(false)
    }
  })

  for (const [title, error, failures, waitedMs, expected] of [
    ['a moment of trouble twice', new RemoteError('m'), 1, 1000, true],
    ['no third one', new RemoteError('m'), 2, 3000, false],
    ['a connection that was cut, once', new UnreachableError('m'), 0, 0, true],
    ['not twice', new UnreachableError('m'), 1, 1000, false],
    ['not an unreachable server', new UnreachableError('m', 'r', false), 0, 0, false],
    ['what the limit of a key asks for', new RateLimitedError('h', 60), 0, 0, true],
    ['not that again and again', new RateLimitedError('h', 60), 1, 60_000, false],
    ['not an hour', new RateLimitedError('h', 3600), 0, 0, false],
    ['no limit without an end', new RateLimitedError('h'), 0, 0, false],
    ['not an answer of something other than the API', new UnexpectedPageError('HTML'), 0, 0, false],
  ] as const) {
    it(`is waited out at the beginning: ${title}`, () => {
      expect(mayRetryAtFirst(error, failures, waitedMs)).to.equal(expected)
    })
  }
})
