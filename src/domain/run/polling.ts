import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {CredentialRejectedError} from '../errors/authentication.js'
import {RateLimitedError} from '../errors/later.js'
import {RemoteError, UnreachableError} from '../errors/remote.js'

// A key may ask 60 times a minute, and others may ask with it (contract 6). An hour in which nothing
// happens takes about 185 requests.
export const FASTEST_MS = 1500
const SLOWEST_MS = 20_000
const SLOWER = 1.5
const SLOWEST_FLOOR_MS = 12_000
const MOST_BACKOFF_MS = 30_000
const RATE_LIMIT_MS = 30_000
// A server that says "in a year" is asked again all the same.
const MOST_WAIT_MS = 3_600_000
// At the beginning somebody waits for an answer: longer than this they had better be told.
const MOST_ASKED_WAIT_MS = 75_000
const MOST_FIRST_RETRIES = 2
// Two minutes: a network that wants its own sign-in, or a page that says "back soon", may take them.
const MOST_REJECTIONS = 8

/**
 * How long to wait before the next question, in milliseconds: soon after something happened, ever
 * longer while nothing does.
 *
 * @param floorMs - never sooner than this
 */
export function pauseMs(lastMs: number, isQuiet: boolean, floorMs: number): number {
  return isQuiet ? Math.max(floorMs, Math.min(lastMs * SLOWER, SLOWEST_MS)) : floorMs
}

/** After "too many requests": others ask with the same credential, so that there is less for us. */
export function higherFloorMs(floorMs: number): number {
  return Math.min(floorMs * 2, SLOWEST_FLOOR_MS)
}

/** How long to wait after trouble, in milliseconds: as the server says, else ever longer. */
export function retryMs(error: MogplexError, failures: number): number {
  const asked = askedWaitMs(error)
  if (asked !== undefined) return Math.min(Math.max(1000, asked), MOST_WAIT_MS)
  if (error instanceof RateLimitedError) return RATE_LIMIT_MS
  return Math.min(MOST_BACKOFF_MS, 1000 * 2 ** failures)
}

/**
 * Whether trouble says nothing about the run, so that it is worth asking again.
 *
 * @param rejections - how often in a row, this time included, the answer was no answer of the API
 */
export function isPassing(error: unknown, rejections = 1): error is MogplexError {
  if (!(error instanceof MogplexError)) return false
  if (error instanceof CredentialRejectedError) {
    return !error.isUnauthorized && rejections <= MOST_REJECTIONS
  }
  return error.exitCode === ExitCode.Remote || error.exitCode === ExitCode.Later
}

/**
 * Whether to ask again although nothing was seen of the run yet: a moment's trouble is waited out,
 * and what the server asks for, where that is soon.
 *
 * @param waitedMs - so far
 */
export function mayRetryAtFirst(error: MogplexError, failures: number, waitedMs: number): boolean {
  if (askedWaitMs(error) !== undefined) {
    return waitedMs + retryMs(error, failures) <= MOST_ASKED_WAIT_MS
  }
  // Nothing answers there at all: who waits had better be told. A connection that was cut gets one more.
  if (error instanceof UnreachableError) return error.mayHaveArrived && failures === 0
  return error instanceof RemoteError && failures < MOST_FIRST_RETRIES
}

function askedWaitMs(error: MogplexError): number | undefined {
  if (!(error instanceof RateLimitedError) && !(error instanceof RemoteError)) return undefined
  const {retryAfterSeconds} = error
  return retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000
}
