import {setImmediate as turn} from 'node:timers/promises'
import {exitCodeBy, signalsFor} from '../domain/platform/signals.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const PATIENCE_MS = 5000

/**
 * Does a piece of work that a signal should not cut off, if it ends soon. A signal that comes
 * meanwhile takes effect afterwards; when the work goes on for five more seconds, or a second
 * signal comes, it is given up.
 *
 * @param ended - of those who want the work: when they leave, it has as long as after a signal
 */
export async function withSignalsWaiting<T>(
  work: (giveUp: AbortSignal) => Promise<T>,
  ended?: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const giveUp = new AbortController()
  let came: NodeJS.Signals | undefined
  let timer: NodeJS.Timeout | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    if (came !== undefined) giveUp.abort()
    came ??= signal
    hurry()
  }
  const hurry = (): void => {
    timer ??= setTimeout(() => giveUp.abort(ended?.reason), patienceMs)
  }
  if (ended?.aborted === true) hurry()
  else ended?.addEventListener('abort', hurry, {once: true})
  const signals = signalsFor(SIGNALS, process.platform)
  for (const signal of signals) process.on(signal, onSignal)
  try {
    return await work(giveUp.signal)
  } finally {
    await turn() // a signal that came with the last piece of the work is heard a turn later
    await turn()
    clearTimeout(timer)
    ended?.removeEventListener('abort', hurry)
    for (const signal of signals) process.off(signal, onSignal)
    if (came !== undefined) setImmediate(deliver, came) // by then locks are let go
  }
}

/** Whoever listens has heard it. If nobody does, it does what it always does. */
function deliver(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 0) return
  const exitCode = exitCodeBy(signal, process.platform)
  if (exitCode === undefined) process.kill(process.pid, signal)
  // eslint-disable-next-line no-restricted-properties -- as abrupt as the signal would be
  else process.exit(exitCode)
}
