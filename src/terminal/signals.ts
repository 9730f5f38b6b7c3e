import {exitCodeBy, signalsFor} from '../domain/platform/signals.js'

/**
 * Listens to signals of the process: while there is a listener, they do not end it.
 *
 * @returns a function that stops listening
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

/** Listeners have already received the signal. Without any, applies its default action. */
export function deliver(name: NodeJS.Signals): void {
  if (process.listenerCount(name) > 0) return
  const exitCode = exitCodeBy(name, process.platform)
  if (exitCode === undefined) process.kill(process.pid, name)
  // eslint-disable-next-line no-restricted-properties -- as abrupt as the signal would be
  else process.exit(exitCode)
}

/** Called before the process ends. @returns a function that stops listening */
export function beforeTheEnd(listener: () => void): () => void {
  process.on('exit', listener)
  return () => void process.off('exit', listener)
}
