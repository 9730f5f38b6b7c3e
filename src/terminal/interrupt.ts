import type {CancelledError} from '../domain/errors/cancelled.js'
import {listenTo} from './signals.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A signal that Ctrl+C, a closed terminal or a time limit aborts; its reason is the message. */
export interface Interrupt {
  readonly signal: AbortSignal
  /** Acts like Ctrl+C: a terminal in raw mode sends a key instead of a signal. */
  readonly interrupt: () => void
  /** Restores the previous effect of Ctrl+C. */
  release(): void
}

/** The total time limit, and what it aborts. */
interface TimeLimit {
  readonly seconds: number
  readonly reason: Error
}

interface Listening {
  /** The handled signals; by default all that end a process. */
  readonly names?: readonly NodeJS.Signals[]
  readonly limit?: TimeLimit | undefined
}

export function listenForInterrupt(
  reason: CancelledError,
  {names = SIGNALS, limit}: Listening = {},
): Interrupt {
  const controller = new AbortController()
  const timer = limit && setTimeout(() => controller.abort(limit.reason), limit.seconds * 1000)
  const interrupt = (): void => {
    controller.abort(reason)
  }
  const stopListening = listenTo(names, interrupt)
  return {
    signal: controller.signal,
    interrupt,
    release() {
      clearTimeout(timer)
      stopListening()
    },
  }
}
