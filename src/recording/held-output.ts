const flushes = new Set<() => void>()

/** Registers a function that writes the part of the output that a guard holds back. */
export function onFlush(flush: () => void): void {
  flushes.add(flush)
}

/** Writes held text: nothing follows. On some systems an exit event is too late for a pipe. */
export function flushHeldOutput(): void {
  for (const flush of flushes) flush()
}
