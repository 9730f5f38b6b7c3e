/**
 * Work that several callers wait for and none of them owns: a caller that gives up does not affect
 * the others. When all have given up, the work is aborted, and the last caller waits for its
 * result.
 */
export class SharedWork<T> {
  readonly #giveUp = new AbortController()
  readonly #result: Promise<T>
  #waiting = 0

  /** @param work - starts at once; somebody has to wait for it */
  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#result = work(this.#giveUp.signal)
  }

  /** Every caller gave up: new ones should not wait for it. */
  get isGivenUp(): boolean {
    return this.#giveUp.signal.aborted
  }

  /** @throws errors of the work, or the reason of the caller's own signal */
  async wait(signal?: AbortSignal): Promise<T> {
    this.#waiting += 1
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting -= 1
        if (this.#waiting === 0) this.#giveUp.abort(signal?.reason)
        else reject(signal?.reason as Error)
      }
      const done = (): void => signal?.removeEventListener('abort', leave)
      if (signal?.aborted === true) leave()
      else signal?.addEventListener('abort', leave, {once: true})
      this.#result.then(resolve, reject).finally(done)
    })
  }
}
