import type {CancelledError} from '../domain/errors/cancelled.js'
import {listenTo} from './signals.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A signal that Ctrl+C, the end of the terminal or a time limit aborts; what to say is the reason. */
export interface Interrupt {
  readonly signal: AbortSignal
  /** As if Ctrl+C had been pressed: a terminal in raw mode sends a key instead. */
  readonly interrupt: () => void
  /** Ctrl+C does again what it did before. */
  release(): void
}

/** How long something may take as a whole, and what ends it then. */
interface TimeLimit {
  readonly seconds: number
  readonly reason: Error
}

interface Listening {
  /** The signals that are heard; all that end a process, unless told otherwise. */
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
