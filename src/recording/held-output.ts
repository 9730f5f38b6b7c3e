const flushes = new Set<() => void>()

/** Keeps what writes out the part of the output that a guard holds back. */
export function onFlush(flush: () => void): void {
  flushes.add(flush)
}

/** Writes what is held back: nothing follows. On some systems an exit is too late for a pipe. */
export function flushHeldOutput(): void {
  for (const flush of flushes) flush()
}
