import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {UnexpectedPageError} from '../errors/authentication.js'
import {RateLimitedError} from '../errors/later.js'
import {RemoteError, UnavailableError, UnreachableError} from '../errors/remote.js'

/** What kind of failure an error describes. */
type Trouble =
  /** 429, without a time. */
  | 'busy'
  /** The connection ended, or the time ran out, before an answer came. */
  | 'cut'
  /** The server answers with a server error, or with something unreadable. */
  | 'failed'
  /** The server did nothing, and says when to retry: 429, 503. */
  | 'later'
  /** Something other than the API answers. */
  | 'misplaced'
  /** Another of our processes holds the lock, or got this error. */
  | 'ours'
  /** There was no connection. */
  | 'unreached'

interface Limit {
  /** How many times a request may be repeated for this. */
  readonly times: number
  /** The first wait, which doubles; the shortest one where the server says how long. */
  readonly minMs: number
  /** The longest wait: also the limit for what a server requests. */
  readonly maxMs: number
  /** The last wait has to end before this time; without a limit when absent. */
  readonly withinMs?: number
}

/** When a request is repeated, by the kind of failure; any other kind is not repeated. */
export type RepeatRule = Readonly<Partial<Record<Trouble, Limit>>>

const ONCE_SOON: Limit = {times: 1, minMs: 300, maxMs: 300}
const ONCE_AT_ONCE: Limit = {times: 1, minMs: 0, maxMs: 0}
const A_FEW_TIMES: Limit = {times: 3, minMs: 300, maxMs: 2000}
const EVER_LATER: Limit = {times: Infinity, minMs: 1000, maxMs: 30_000}

/** A request that a server certainly did not carry out, sent while others wait for the lock. */
function notDone(withinMs: number): RepeatRule {
  const times = 3
  return {
    later: {times, minMs: 300, maxMs: Infinity, withinMs},
    busy: {times, minMs: 1000, maxMs: 4000, withinMs},
    unreached: {times, minMs: 250, maxMs: 1000, withinMs},
  }
}

/** The total time for all requests of a refresh, except the last one. */
export const REFRESH_MS = 15_000

const REFRESH = notDone(REFRESH_MS)
const METADATA: Limit = {times: 3, minMs: 250, maxMs: 1000, withinMs: REFRESH_MS}

/** All limits of all requests that are repeated. */
export const REPEATS = {
  /** A `GET` that somebody waits for: repeating it is safe. */
  reading: {
    later: {times: 2, minMs: 300, maxMs: Infinity, withinMs: 5000},
    unreached: ONCE_SOON,
    cut: ONCE_SOON,
  },
  /**
   * A change that is done once however often it is requested: with an idempotency key, or by what
   * the API promises. A user who starts a run prefers waiting to not knowing whether it started.
   */
  harmless: {
    later: {times: 2, minMs: 300, maxMs: Infinity, withinMs: 5000},
    unreached: A_FEW_TIMES,
    cut: A_FEW_TIMES,
    failed: A_FEW_TIMES,
  },
  /** The metadata of a server, while holding the refresh lock: repeating is safe, too. */
  metadata: {...REFRESH, cut: METADATA, failed: METADATA},
  /**
   * A refresh token, with an expired access token: if the token may be spent, nothing more can be
   * lost.
   */
  refresh: {...REFRESH, cut: ONCE_AT_ONCE, failed: ONCE_AT_ONCE},
  /**
   * A refresh token, while the access token is valid: nobody has to wait, and nothing may be lost.
   */
  earlyRefresh: notDone(2000),
  /** A run that is followed: as long as it is followed. */
  run: {
    later: {times: Infinity, minMs: 1000, maxMs: 3_600_000},
    busy: {times: Infinity, minMs: 30_000, maxMs: 30_000},
    unreached: EVER_LATER,
    cut: EVER_LATER,
    failed: EVER_LATER,
    ours: EVER_LATER,
    // Two minutes: a network's sign-in page, or a maintenance page.
    misplaced: {...EVER_LATER, times: 8},
  },
  /** A run of which nothing was seen yet: report the failure rather than wait. */
  runAtFirst: {
    later: {times: Infinity, minMs: 1000, maxMs: 3_600_000, withinMs: 75_000},
    failed: {...EVER_LATER, times: 2},
    cut: {...EVER_LATER, times: 1},
  },
} as const satisfies Record<string, RepeatRule>

interface Asked {
  /** How often it was repeated already, for failures of this kind. */
  readonly repeats: number
  /** Since the first request, in milliseconds. */
  readonly elapsedMs: number
}

/**
 * Whether to repeat a request that ended with this error.
 *
 * @returns the wait in milliseconds; `undefined` for no repeat
 */
export function waitBeforeRepeat(
  rule: RepeatRule,
  error: unknown,
  {repeats, elapsedMs}: Asked,
): number | undefined {
  const trouble = troubleIn(error)
  const limit = trouble && rule[trouble]
  if (limit === undefined || repeats >= limit.times) return undefined
  const {minMs, maxMs, withinMs = Infinity} = limit
  const asked = secondsIn(error)
  const waitMs =
    asked === undefined
      ? Math.min(maxMs, minMs * 2 ** repeats)
      : Math.min(maxMs, Math.max(minMs, asked * 1000))
  return elapsedMs + waitMs > withinMs ? undefined : waitMs
}

/** Whether a server may have carried out the request, though the answer is an error. */
export function mayBeDone(error: unknown): boolean {
  if (error instanceof RateLimitedError || error instanceof UnavailableError) return false
  return !(error instanceof UnreachableError) || error.mayHaveArrived
}

function troubleIn(error: unknown): Trouble | undefined {
  if (!(error instanceof MogplexError)) return undefined
  if (error instanceof UnavailableError) return 'later'
  if (error instanceof RateLimitedError) return secondsIn(error) === undefined ? 'busy' : 'later'
  if (error instanceof UnreachableError) return error.mayHaveArrived ? 'cut' : 'unreached'
  if (error instanceof RemoteError) return 'failed'
  if (error instanceof UnexpectedPageError) return 'misplaced'
  const isPassing = error.exitCode === ExitCode.Remote || error.exitCode === ExitCode.Later
  return isPassing ? 'ours' : undefined
}

function secondsIn(error: unknown): number | undefined {
  const tells = error instanceof RateLimitedError || error instanceof RemoteError
  return tells ? error.retryAfterSeconds : undefined
}
