import {setTimeout as wait} from 'node:timers/promises'
import {CancelledError} from '../domain/errors/cancelled.js'

/** Waits for a number of milliseconds, or until the signal aborts. */
export type Pause = (milliseconds: number, signal?: AbortSignal) => Promise<void>

/** @throws the reason of the signal; {CancelledError} exit 130, when it has none */
export const pause: Pause = async (milliseconds, signal) => {
  try {
    await wait(milliseconds, undefined, {signal})
  } catch (error) {
    const reason: unknown = signal?.reason
    if (reason instanceof Error && reason.name !== 'AbortError') throw reason
    if (signal?.aborted !== true) throw error
    throw new CancelledError('The wait was interrupted.', 'Run the command again.')
  }
}
