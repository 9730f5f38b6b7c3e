interface Work {
  /** @returns false where there is none, or where it is interrupted already */
  interrupt(): boolean
}

/**
 * Ctrl+C while the terminal is somebody else's, where it comes as a signal: before a picker is
 * there, or from one that reads keys and hands it on. It interrupts the work, not the app.
 */
export class InterruptAway {
  readonly #work: Work

  constructor(work: Work) {
    this.#work = work
  }

  start(): void {
    this.stop()
    process.on('SIGINT', this.#onInterrupt)
  }

  stop(): void {
    process.off('SIGINT', this.#onInterrupt)
  }

  readonly #onInterrupt = (): void => {
    if (this.#work.interrupt() || process.listenerCount('SIGINT') > 1) return
    // There is no work that it could interrupt, and nobody else hears it.
    this.stop()
    process.kill(process.pid, 'SIGINT')
  }
}
