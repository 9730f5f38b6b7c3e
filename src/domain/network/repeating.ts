import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {UnexpectedPageError} from '../errors/authentication.js'
import {RateLimitedError} from '../errors/later.js'
import {RemoteError, UnavailableError, UnreachableError} from '../errors/remote.js'

/** What an error says of the request that it answers. */
type Trouble =
  /** 429, and not for how long. */
  | 'busy'
  /** The connection ended, or the time, before an answer came. */
  | 'cut'
  /** The server answers with an error of its own, or with what cannot be read. */
  | 'failed'
  /** The server did nothing, and says when to come again: 429, 503. */
  | 'later'
  /** Something else than the API answers. */
  | 'misplaced'
  /** Another process of ours has the lock, or was told so. */
  | 'ours'
  /** There was no connection. */
  | 'unreached'

interface Limit {
  /** How often a request may be repeated for this. */
  readonly times: number
  /** The first wait, which doubles; the shortest one where the server says how long. */
  readonly minMs: number
  /** The longest wait: a server that says more is asked after this. */
  readonly maxMs: number
  /** Before this time the last wait has to be over; without a limit when absent. */
  readonly withinMs?: number
}

/** When a request is repeated, by what became of it; after all else it is not. */
export type RepeatRule = Readonly<Partial<Record<Trouble, Limit>>>

const ONCE_SOON: Limit = {times: 1, minMs: 300, maxMs: 300}
const ONCE_AT_ONCE: Limit = {times: 1, minMs: 0, maxMs: 0}
const A_FEW_TIMES: Limit = {times: 3, minMs: 300, maxMs: 2000}
const EVER_LATER: Limit = {times: Infinity, minMs: 1000, maxMs: 30_000}

/** What a server certainly did not do, asked in the lock for which others wait. */
function notDone(withinMs: number): RepeatRule {
  const times = 3
  return {
    later: {times, minMs: 300, maxMs: Infinity, withinMs},
    busy: {times, minMs: 1000, maxMs: 4000, withinMs},
    unreached: {times, minMs: 250, maxMs: 1000, withinMs},
  }
}

/** How long all questions of a refresh may take together, apart from the last one. */
export const REFRESH_MS = 15_000

const REFRESH = notDone(REFRESH_MS)
const METADATA: Limit = {times: 3, minMs: 250, maxMs: 1000, withinMs: REFRESH_MS}

/** Every number of every request that is repeated. */
export const REPEATS = {
  /** A `GET`, for somebody who waits: it does no harm. */
  reading: {
    later: {times: 2, minMs: 300, maxMs: Infinity, withinMs: 5000},
    unreached: ONCE_SOON,
    cut: ONCE_SOON,
  },
  /**
   * What changes something, and is done once however often it is asked for: with an idempotency key,
   * or by what the API promises. Who starts a run had rather wait than not know whether it started.
   */
  harmless: {
    later: {times: 2, minMs: 300, maxMs: Infinity, withinMs: 5000},
    unreached: A_FEW_TIMES,
    cut: A_FEW_TIMES,
    failed: A_FEW_TIMES,
  },
  /** The metadata of a server, inside the lock of a refresh: it does no harm, either. */
  metadata: {...REFRESH, cut: METADATA, failed: METADATA},
  /** A refresh token, with an access token that is over: what may be spent has nothing to lose. */
  refresh: {...REFRESH, cut: ONCE_AT_ONCE, failed: ONCE_AT_ONCE},
  /** A refresh token, while the access token holds: nobody has to wait, and nothing may be lost. */
  earlyRefresh: notDone(2000),
  /** A run that is followed: for as long as it is. */
  run: {
    later: {times: Infinity, minMs: 1000, maxMs: 3_600_000},
    busy: {times: Infinity, minMs: 30_000, maxMs: 30_000},
    unreached: EVER_LATER,
    cut: EVER_LATER,
    failed: EVER_LATER,
    ours: EVER_LATER,
    // Two minutes: a network that wants its own sign-in, or a page that says "back soon".
    misplaced: {...EVER_LATER, times: 8},
  },
  /** A run of which nothing was seen yet: who waits for it had better be told. */
  runAtFirst: {
    later: {times: Infinity, minMs: 1000, maxMs: 3_600_000, withinMs: 75_000},
    failed: {...EVER_LATER, times: 2},
    cut: {...EVER_LATER, times: 1},
  },
} as const satisfies Record<string, RepeatRule>

interface Asked {
  /** How often it was repeated already, for trouble of this kind. */
  readonly repeats: number
  /** Since the first question, in milliseconds. */
  readonly elapsedMs: number
}

/**
 * Whether to repeat a request that ended with this error.
 *
 * @returns after how many milliseconds; `undefined`: not at all
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

/** Whether a server may have done what it was asked for, though the answer is an error. */
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
