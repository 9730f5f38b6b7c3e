import {CancelledError} from '../../domain/errors/cancelled.js'

/** The hint after a first Ctrl+C: what happened to the answer, and what a second one does. */
export const INTERRUPTED = 'Interrupted.'
export const AGAIN_LEAVES = 'Ctrl+C again leaves.'
export const ANSWER_INTERRUPTED = 'The answer was interrupted.'

const interrupted = (): CancelledError =>
  new CancelledError(ANSWER_INTERRUPTED, 'Ask again, or go on with something else.')

/** Work that Ctrl+C interrupts, one operation at a time. */
export class InterruptibleWork {
  #controller: AbortController | undefined
  #giveUp: ((reason: Error) => void) | undefined

  get isRunning(): boolean {
    return this.#controller !== undefined
  }

  /**
   * Runs the work.
   *
   * @throws errors of the work; {CancelledError} exit 130, when it ignores its signal and is
   *   abandoned
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

  /** Aborts the signal of the work; false where there is none, or where it is already aborted. */
  interrupt(): boolean {
    if (this.#controller === undefined || this.#controller.signal.aborted) return false
    this.#controller.abort(interrupted())
    return true
  }

  /** Interrupts, and does not wait for work that ignores it. */
  giveUp(): void {
    this.interrupt()
    // Work that reacts to the signal gets the time to end by itself.
    setImmediate(() => this.#giveUp?.(interrupted()))
  }
}
