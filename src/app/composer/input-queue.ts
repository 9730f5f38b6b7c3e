/** Lines that were entered, for whoever reads them; entered too early, they wait. */
export class InputQueue {
  #waiting: string[] = []
  #reader: ((line: string | undefined) => void) | undefined
  #isClosed = false

  get waiting(): readonly string[] {
    return this.#waiting
  }

  /** Somebody waits for a line. */
  get isAwaited(): boolean {
    return this.#reader !== undefined
  }

  /** The next line, or `undefined` when no more will come. One reader at a time. */
  async next(): Promise<string | undefined> {
    if (this.#isClosed) return undefined
    const line = this.#waiting.shift()
    if (line !== undefined) return line
    return new Promise((resolve) => {
      this.#reader = resolve
    })
  }

  push(line: string): void {
    const reader = this.#reader
    this.#reader = undefined
    if (reader === undefined) this.#waiting.push(line)
    else reader(line)
  }

  /** Takes back what nobody has read. */
  drain(): string[] {
    return this.#waiting.splice(0)
  }

  /** Nothing more will come, and what waits is not read any more. */
  close(): void {
    this.#isClosed = true
    this.#waiting = []
    this.#reader?.(undefined)
    this.#reader = undefined
  }
}
