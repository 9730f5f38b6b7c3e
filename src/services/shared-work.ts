/**
 * Work that several callers wait for, and that belongs to none of them: one who gives up takes
 * nothing from the others. When all have given up, it is told to stop, and the last one waits for
 * what becomes of it.
 */
export class SharedWork<T> {
  readonly #giveUp = new AbortController()
  readonly #result: Promise<T>
  #waiting = 0

  /** @param work - begins at once; somebody has to wait for it */
  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#result = work(this.#giveUp.signal)
  }

  /** Everybody gave up: whoever comes now should not wait for it. */
  get isGivenUp(): boolean {
    return this.#giveUp.signal.aborted
  }

  /** @throws what the work throws, or the reason of the caller's own signal */
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
