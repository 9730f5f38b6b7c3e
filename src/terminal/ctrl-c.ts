const TWICE_MS = 1500

/** Distinguishes the first Ctrl+C from a second one within 1500 ms. */
export class CtrlC {
  #pressedAt = -Infinity

  /** @param now - in milliseconds, by a monotonic clock */
  isSecond(now: number): boolean {
    const isSecond = now - this.#pressedAt <= TWICE_MS
    this.#pressedAt = now
    return isSecond
  }

  /** Another action in between resets it. */
  forget(): void {
    this.#pressedAt = -Infinity
  }
}
