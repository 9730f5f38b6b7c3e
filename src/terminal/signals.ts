/**
 * Listens to signals of the process: while somebody does, they do not end it.
 *
 * @returns a function that listens no longer
 */
export function listenTo(
  names: readonly NodeJS.Signals[],
  listener: (name: NodeJS.Signals) => void,
): () => void {
  for (const name of names) process.on(name, listener)
  return () => {
    for (const name of names) process.off(name, listener)
  }
}

/** Whoever listens to it has heard it. If nobody does, it does what it always does. */
export function deliver(name: NodeJS.Signals): void {
  if (process.listenerCount(name) === 0) process.kill(process.pid, name)
}

/** Before the process ends. @returns a function that listens no longer */
export function beforeTheEnd(listener: () => void): () => void {
  process.on('exit', listener)
  return () => void process.off('exit', listener)
}
