interface WorkQueueLimits {
  /** The maximum of concurrent work. */
  readonly running: number
  /** The maximum of queued work; beyond it, callers wait. */
  readonly waiting: number
}

/** Starts work in order of arrival, with limited concurrency. */
export class WorkQueue {
  readonly #limits: WorkQueueLimits
  readonly #waiting: (() => Promise<void>)[] = []
  #running = 0
  #wake: (() => void)[] = []

  constructor(limits: WorkQueueLimits) {
    this.#limits = limits
  }

  /** Starts the work as soon as there is room for it. @param work - never throws */
  async add(work: () => Promise<void>): Promise<void> {
    this.#waiting.push(work)
    this.#begin()
    while (this.#waiting.length > this.#limits.waiting) await this.#change()
  }

  /** Resolves when all work is done. */
  async idle(): Promise<void> {
    while (this.#running > 0 || this.#waiting.length > 0) await this.#change()
  }

  #begin(): void {
    while (this.#running < this.#limits.running) {
      const work = this.#waiting.shift()
      if (work === undefined) return
      this.#running += 1
      void work().finally(() => {
        this.#running -= 1
        this.#begin()
        for (const wake of this.#wake.splice(0)) wake()
      })
    }
  }

  async #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve))
  }
}
