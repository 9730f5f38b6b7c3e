import {BACKSLASH, hexDigit, PERCENT} from './bytes.js'
import type {Layer} from './layer.js'

/** How deep a byte was nested in the original: shown by the spelling of quotes and separators. */
export class Nesting {
  readonly #layer: Layer
  readonly #raw: Buffer

  constructor(layer: Layer, raw: Buffer) {
    this.#layer = layer
    this.#raw = raw
  }

  /** The backslashes that belong to a quote, encoded or not. */
  backslashesBefore(index: number): number {
    if (this.#layer.identical) return 0
    const end = this.#layer.endOf(index)
    let at = this.#layer.beginOf(index)
    let count = 0
    while (at < end) {
      if (this.#raw[at] === BACKSLASH) at += 1
      else if (this.#isEncodedBackslash(at)) at = this.#behindPercent(at)
      else break
      count += 1
    }
    return count
  }

  #isEncodedBackslash(at: number): boolean {
    if (this.#raw[at] !== PERCENT) return false
    const end = this.#behindPercent(at)
    return hexDigit(this.#raw[end - 2]) === 5 && hexDigit(this.#raw[end - 1]) === 0xc
  }

  #behindPercent(at: number): number {
    let index = at + 1
    while (
      this.#raw[index] === 0x32 &&
      this.#raw[index + 1] === 0x35 &&
      hexDigit(this.#raw[index + 2]) >= 0
    ) {
      index += 2
    }
    return index + 2
  }

  /** How many times a byte is percent-encoded in the original. */
  percentDepth(index: number): number {
    if (this.#layer.identical) return 0
    const begin = this.#layer.beginOf(index)
    const end = this.#layer.endOf(index)
    if (this.#raw[begin] !== PERCENT || this.#raw[end - 1] === this.#layer.bytes[index]) return 0
    let at = end - 3
    while (at > begin && this.#raw[at] !== PERCENT) at -= 2
    return Math.max(1, (end - 1 - at) >> 1)
  }
}
