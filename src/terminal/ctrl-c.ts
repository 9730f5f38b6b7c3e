const TWICE_MS = 1500

/** Tells the first Ctrl+C from the second one, which follows within 1500 ms. */
export class CtrlC {
  #pressedAt = -Infinity

  /** @param now - in milliseconds, on a clock that never goes back */
  isSecond(now: number): boolean {
    const isSecond = now - this.#pressedAt <= TWICE_MS
    this.#pressedAt = now
    return isSecond
  }

  /** Something else was done in between. */
  forget(): void {
    this.#pressedAt = -Infinity
  }
}
