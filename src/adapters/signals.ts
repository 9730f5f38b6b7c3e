import {setImmediate as turn} from 'node:timers/promises'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const PATIENCE_MS = 2000

/**
 * Does a piece of work that a signal should not cut off, if it ends soon. A signal that comes
 * meanwhile takes effect afterwards; when the work goes on for two more seconds, or a second
 * signal comes, it is given up.
 */
export async function withSignalsWaiting<T>(
  work: (signal: AbortSignal) => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const giveUp = new AbortController()
  let came: NodeJS.Signals | undefined
  let timer: NodeJS.Timeout | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    if (came !== undefined) giveUp.abort()
    came ??= signal
    timer ??= setTimeout(() => giveUp.abort(), patienceMs)
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  try {
    return await work(giveUp.signal)
  } finally {
    await turn() // a signal that came with the last piece of the work is heard a turn later
    await turn()
    clearTimeout(timer)
    for (const signal of SIGNALS) process.off(signal, onSignal)
    if (came !== undefined) setImmediate(deliver, came) // by then locks are let go
  }
}

/** Whoever listens has heard it. If nobody does, it does what it always does. */
function deliver(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
}
