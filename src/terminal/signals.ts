import {exitCodeBy, signalsFor} from '../domain/platform/signals.js'

/**
 * Listens to signals of the process: while somebody does, they do not end it.
 *
 * @returns a function that listens no longer
 */
export function listenTo(
  names: readonly NodeJS.Signals[],
  listener: (name: NodeJS.Signals) => void,
): () => void {
  const heard = signalsFor(names, process.platform)
  for (const name of heard) process.on(name, listener)
  return () => {
    for (const name of heard) process.off(name, listener)
  }
}

/** Whoever listens to it has heard it. If nobody does, it does what it always does. */
export function deliver(name: NodeJS.Signals): void {
  if (process.listenerCount(name) > 0) return
  const exitCode = exitCodeBy(name, process.platform)
  if (exitCode === undefined) process.kill(process.pid, name)
  // eslint-disable-next-line no-restricted-properties -- as abrupt as the signal would be
  else process.exit(exitCode)
}

/** Before the process ends. @returns a function that listens no longer */
export function beforeTheEnd(listener: () => void): () => void {
  process.on('exit', listener)
  return () => void process.off('exit', listener)
}
