import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {REPEATS, waitBeforeRepeat} from '../network/repeating.js'

// A key may send 60 requests a minute, and other processes may share it (contract 6). An hour in
// which nothing happens takes about 185 requests.
export const FASTEST_MS = 1500
const SLOWEST_MS = 20_000
const SLOWER = 1.5
const SLOWEST_FLOOR_MS = 12_000

/**
 * How long to wait before the next request, in milliseconds: short after something happened, ever
 * longer while nothing does.
 *
 * @param floorMs - the shortest wait
 */
export function pauseMs(lastMs: number, isQuiet: boolean, floorMs: number): number {
  return isQuiet ? Math.max(floorMs, Math.min(lastMs * SLOWER, SLOWEST_MS)) : floorMs
}

/** After "too many requests": other processes use the same credential, so our share is smaller. */
export function higherFloorMs(floorMs: number): number {
  return Math.min(floorMs * 2, SLOWEST_FLOOR_MS)
}

/**
 * How long to wait after a temporary failure, in milliseconds: what the server says, else ever
 * longer.
 */
export function retryMs(error: MogplexError, failures: number): number {
  return waitAfter(error, failures) ?? REPEATS.run.failed.maxMs
}

/**
 * Whether a failure says nothing about the run, so that asking again is worthwhile.
 *
 * @param pages - how often in a row, this time included, a web page came instead of the API's
 *   answer
 */
export function isPassing(error: unknown, pages = 1): error is MogplexError {
  return waitAfter(error, Math.max(0, pages - 1)) !== undefined
}

/**
 * Whether to repeat the request although nothing was seen of the run yet: short failures are waited
 * out, and so is a server's requested wait, where it is short.
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
