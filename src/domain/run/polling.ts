import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {REPEATS, waitBeforeRepeat} from '../network/repeating.js'

// A key may ask 60 times a minute, and others may ask with it (contract 6). An hour in which nothing
// happens takes about 185 requests.
export const FASTEST_MS = 1500
const SLOWEST_MS = 20_000
const SLOWER = 1.5
const SLOWEST_FLOOR_MS = 12_000

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

/** How long to wait after passing trouble, in milliseconds: as the server says, else ever longer. */
export function retryMs(error: MogplexError, failures: number): number {
  return waitAfter(error, failures) ?? REPEATS.run.failed.maxMs
}

/**
 * Whether trouble says nothing about the run, so that it is worth asking again.
 *
 * @param pages - how often in a row, this time included, a web page came where the API was asked
 */
export function isPassing(error: unknown, pages = 1): error is MogplexError {
  return waitAfter(error, Math.max(0, pages - 1)) !== undefined
}

/**
 * Whether to ask again although nothing was seen of the run yet: a moment's trouble is waited out,
 * and what the server asks for, where that is soon.
 *
 * @param waitedMs - so far
 */
export function mayRetryAtFirst(error: MogplexError, failures: number, waitedMs: number): boolean {
  const asked = {repeats: failures, elapsedMs: waitedMs}
  return waitBeforeRepeat(REPEATS.runAtFirst, error, asked) !== undefined
}

function waitAfter(error: unknown, repeats: number): number | undefined {
  return waitBeforeRepeat(REPEATS.run, error, {repeats, elapsedMs: 0})
}
