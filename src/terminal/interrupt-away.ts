import {deliver, listenTo} from './signals.js'

interface Work {
  /** @returns false where there is none, or where it is interrupted already */
  interrupt(): boolean
}

/**
 * Ctrl+C while the terminal is somebody else's, where it comes as a signal. It interrupts the work,
 * not the app.
 */
export class InterruptAway {
  readonly #work: Work
  #release: (() => void) | undefined

  constructor(work: Work) {
    this.#work = work
  }

  start(): void {
    this.#release ??= listenTo(['SIGINT'], () => {
      if (this.#work.interrupt() || process.listenerCount('SIGINT') > 1) return
      // There is no work that it could interrupt, and nobody else hears it.
      this.stop()
      deliver('SIGINT')
    })
  }

  stop(): void {
    this.#release?.()
    this.#release = undefined
  }
}
