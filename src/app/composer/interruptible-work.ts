import {CancelledError} from '../../domain/errors/cancelled.js'

/** What a first Ctrl+C says: of an answer, and of what a second one does. */
export const INTERRUPTED = 'Interrupted.'
export const AGAIN_LEAVES = 'Ctrl+C again leaves.'
export const ANSWER_INTERRUPTED = 'The answer was interrupted.'

const interrupted = (): CancelledError =>
  new CancelledError(ANSWER_INTERRUPTED, 'Ask again, or go on with something else.')

/** Work that Ctrl+C interrupts, one piece at a time. */
export class InterruptibleWork {
  #controller: AbortController | undefined
  #giveUp: ((reason: Error) => void) | undefined

  get isRunning(): boolean {
    return this.#controller !== undefined
  }

  /**
   * Does the work.
   *
   * @throws what the work throws; {CancelledError} exit 130, when it does not heed its signal and
   *   is given up
   */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    const givenUp = new Promise<never>((_resolve, reject) => {
      this.#giveUp = reject
    })
    this.#controller = controller
    try {
      return await Promise.race([work(controller.signal), givenUp])
    } finally {
      this.#controller = undefined
      this.#giveUp = undefined
    }
  }

  /** Aborts the signal of the work; false where there is none, or where it is aborted already. */
  interrupt(): boolean {
    if (this.#controller === undefined || this.#controller.signal.aborted) return false
    this.#controller.abort(interrupted())
    return true
  }

  /** Interrupts, and waits no longer for what does not heed that. */
  giveUp(): void {
    this.interrupt()
    // Work that heeds the signal gets the time to end by itself.
    setImmediate(() => this.#giveUp?.(interrupted()))
  }
}
