import type {Layer} from './layer.js'

const MAX_LOOKED_BACK = 16_384

/** The prefixes of values: at the end of a text, one may be cut. */
export class Beginnings {
  /** By its first byte, and by its first two. */
  readonly #starting = new Map<number, Uint8Array[]>()
  /** The longest value, in bytes. */
  #longest = 0

  add(bytes: Uint8Array): void {
    this.#longest = Math.max(this.#longest, bytes.length)
    for (const second of [undefined, bytes[1]]) {
      const start = startOf(bytes[0] ?? 0, second)
      const known = this.#starting.get(start)
      if (known === undefined) this.#starting.set(start, [bytes])
      else known.push(bytes)
    }
  }

  /**
   * Where a value may start that continues after the end of the text; `length` when nowhere. Looks
   * back so far that a value which repeats itself costs little; a longer one is found by its parts.
   */
  unfinished({bytes, length}: Layer): number {
    for (
      let begin = Math.max(0, length - Math.min(this.#longest, MAX_LOOKED_BACK) + 1);
      begin < length;
      begin += 1
    ) {
      const second = begin + 1 < length ? bytes[begin + 1] : undefined
      const needles = this.#starting.get(startOf(bytes[begin] ?? 0, second))
      if (needles?.some((needle) => goesOn(needle, bytes, begin, length)) === true) return begin
    }
    return length
  }
}

/** The first two bytes as a number; for a single byte a different one. */
function startOf(first: number, second: number | undefined): number {
  return second === undefined ? first : ((first + 1) << 8) | second
}

function goesOn(needle: Uint8Array, bytes: Uint8Array, begin: number, end: number): boolean {
  if (needle.length <= end - begin) return false
  for (let index = begin; index < end; index += 1) {
    if (bytes[index] !== needle[index - begin]) return false
  }
  return true
}
