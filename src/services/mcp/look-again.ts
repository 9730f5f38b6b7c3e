const [SHORTEST_MS, LONGEST_MS, LONGEST_REJECTED_MS] = [1000, 30_000, 600_000]

/** When a server is asked again after a failure: ever later, at once with another credential. */
export class LookAgain {
  #last = {id: '', waitMs: 0, until: 0}

  isDue(id: string, now: Date): boolean {
    return this.#last.id !== id || now.getTime() >= this.#last.until
  }

  /** @param isRejected - the credential is rejected: usually only a new one from the user helps */
  failed(id: string, {isRejected, now}: {readonly isRejected: boolean; readonly now: Date}): void {
    const longest = isRejected ? LONGEST_REJECTED_MS : LONGEST_MS
    const {id: lastId, waitMs: lastMs} = this.#last
    const waitMs = Math.min(longest, lastId === id ? lastMs * 2 : SHORTEST_MS)
    this.#last = {id, waitMs, until: now.getTime() + waitMs}
  }

  succeeded(): void {
    this.#last = {id: '', waitMs: 0, until: 0}
  }
}
