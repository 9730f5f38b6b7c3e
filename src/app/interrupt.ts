import {CancelledError} from '../domain/errors/cancelled.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A signal that Ctrl+C (or the end of the terminal) aborts, with what to say as the reason. */
export interface Interrupt {
  readonly signal: AbortSignal
  /** As if Ctrl+C had been pressed: a terminal in raw mode sends a key instead. */
  readonly interrupt: () => void
  /** Ctrl+C does again what it did before. */
  release(): void
}

/** @param names - the signals that are heard; all that end a process, unless told otherwise */
export function listenForInterrupt(
  reason: CancelledError,
  names: readonly NodeJS.Signals[] = SIGNALS,
): Interrupt {
  const controller = new AbortController()
  const interrupt = (): void => {
    controller.abort(reason)
  }
  for (const name of names) process.on(name, interrupt)
  return {
    signal: controller.signal,
    interrupt,
    release() {
      for (const name of names) process.off(name, interrupt)
    },
  }
}
