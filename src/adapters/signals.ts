import {setImmediate as turn} from 'node:timers/promises'
import {exitCodeBy, signalsFor} from '../domain/platform/signals.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const PATIENCE_MS = 5000

/**
 * Runs work that a signal should not interrupt, if it ends soon. A signal that arrives meanwhile
 * takes effect afterwards; when the work continues for five more seconds, or a second signal
 * arrives, it is abandoned.
 *
 * @param ended - aborted when nobody needs the work any more: then it has as long as after a signal
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
    await turn() // a signal that arrived with the end of the work is delivered a turn later
    await turn()
    clearTimeout(timer)
    ended?.removeEventListener('abort', hurry)
    for (const signal of signals) process.off(signal, onSignal)
    if (came !== undefined) setImmediate(deliver, came) // by then locks are released
  }
}

/** Listeners have already received the signal. Without any, applies its default action. */
function deliver(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 0) return
  const exitCode = exitCodeBy(signal, process.platform)
  if (exitCode === undefined) process.kill(process.pid, signal)
  // eslint-disable-next-line no-restricted-properties -- as abrupt as the signal would be
  else process.exit(exitCode)
}
