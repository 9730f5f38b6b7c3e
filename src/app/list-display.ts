import {CancelledError} from '../domain/errors/cancelled.js'
import type {Environment} from '../domain/settings/environment.js'
import type {SyncEvent} from '../services/sync-hosted-state.js'
import type {ListDisplayOptions} from './hosted-text.js'
import {displayFor} from './display.js'
import {syncProgressLine} from './sync-progress.js'
import {type Interrupt, listenForInterrupt} from '../terminal/interrupt.js'
import {TIMEOUT_FLAG, timeLimit} from './time-limit.js'
import {columnsOf} from '../terminal/size.js'
import {fit} from '../terminal/wrap.js'

/** The options of `mogplex models` and `mogplex mcp`. */
export const LIST_INPUT = {
  text: {description: 'List only what contains these words.', required: false},
  refresh: {description: 'Sync with the server first.'},
  timeout: {
    ...TIMEOUT_FLAG,
    description: 'Give up after this many seconds, with exit code 69.',
  },
} as const

interface Stream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** How lists are shown on a stream: as wide as the terminal, or without a limit. */
export function listDisplayFor(
  stream: Stream,
  env: Environment,
  argv: readonly string[],
): ListDisplayOptions {
  return {
    ...displayFor(stream, env, argv),
    columns: columnsOf(stream),
  }
}

/**
 * Reports a sync, one line per event.
 *
 * @param onlyFailures - for programs, which do not need progress
 */
export function syncTeller(
  stream: Stream & {write(text: string): unknown},
  env: Environment,
  argv: readonly string[],
  onlyFailures: boolean,
): (event: SyncEvent) => void {
  const {palette} = displayFor(stream, env, argv)
  return (event) => {
    if (onlyFailures && event.type !== 'failed') return
    stream.write(`${fit(syncProgressLine(event, palette), stream)}\n`)
  }
}

/**
 * Ends a sync on Ctrl+C, or after the time limit; `undefined` where there is no sync.
 *
 * @param again - the command that syncs again
 */
export function syncInterrupt(
  again: string,
  {refresh, timeout}: {readonly refresh: boolean; readonly timeout: number | undefined},
): Interrupt | undefined {
  if (!refresh) return undefined
  const reason = new CancelledError('The sync was interrupted.', `Run \`${again}\` again.`)
  return listenForInterrupt(reason, {limit: timeLimit('The sync', timeout)})
}
