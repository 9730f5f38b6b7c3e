import {deliver, listenTo} from './signals.js'

interface Work {
  /** @returns false where nothing runs, or where it is already interrupted */
  interrupt(): boolean
}

/**
 * Ctrl+C while another program uses the terminal, where it arrives as a signal. It interrupts the
 * work, not the app.
 */
export class SignalInterrupt {
  readonly #work: Work
  #release: (() => void) | undefined

  constructor(work: Work) {
    this.#work = work
  }

  start(): void {
    this.#release ??= listenTo(['SIGINT'], () => {
      if (this.#work.interrupt() || process.listenerCount('SIGINT') > 1) return
      // No work to interrupt, and no other listener.
      this.stop()
      deliver('SIGINT')
    })
  }

  stop(): void {
    this.#release?.()
    this.#release = undefined
  }
}
