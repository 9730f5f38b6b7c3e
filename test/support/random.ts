/** Pseudorandom numbers that are the same for the same seed (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** From 0 up to, but not including, `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }

  between(first: number, last: number): number {
    return first + this.below(last - first + 1)
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('There is nothing to pick from.')
    return item
  }

  /** So many characters of an alphabet. */
  text(alphabet: string, length: number): string {
    const characters = Array.from(alphabet)
    return Array.from({length}, () => this.pick(characters)).join('')
  }

  /** The text in chunks of random lengths. */
  pieces(text: string, longest: number): string[] {
    const pieces: string[] = []
    for (let begin = 0; begin < text.length;) {
      const end = begin + this.between(1, longest)
      pieces.push(text.slice(begin, end))
      begin = end
    }
    return pieces
  }
}
