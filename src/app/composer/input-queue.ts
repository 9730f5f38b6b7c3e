/** Entered lines for the reader; lines that come early wait. */
export class InputQueue {
  #waiting: string[] = []
  #reader: ((line: string | undefined) => void) | undefined
  #isClosed = false

  get waiting(): readonly string[] {
    return this.#waiting
  }

  /** A reader is waiting for a line. */
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

  /** Takes back the lines that were not read. */
  drain(): string[] {
    return this.#waiting.splice(0)
  }

  /** No more lines will come, and waiting ones are dropped. */
  close(): void {
    this.#isClosed = true
    this.#waiting = []
    this.#reader?.(undefined)
    this.#reader = undefined
  }
}
