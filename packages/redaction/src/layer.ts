const MARGIN = 16

/**
 * A text as bytes (UTF-8), and the position of each byte in the original: byte `i` stands for
 * `begins[i]` to `ends[i]` there. The arrays are larger than the text; `length` counts.
 */
export class Layer {
  bytes = Buffer.alloc(0)
  /** The same bytes, four at a time. */
  words = new Int32Array(0)
  length = 0
  /** Unchanged: byte `i` comes from `i`, and the positions are not filled in. */
  identical = true
  #begins = new Int32Array(0)
  #ends = new Int32Array(0)

  /** Makes room; the previous contents are lost. */
  reserve(size: number, identical: boolean): void {
    if (this.bytes.length < size + MARGIN) {
      this.bytes = Buffer.alloc(capacityFor(size + MARGIN))
      this.words = new Int32Array(this.bytes.buffer)
    }
    if (!identical && this.#begins.length < this.bytes.length) {
      this.#begins = new Int32Array(this.bytes.length)
      this.#ends = new Int32Array(this.bytes.length)
    }
    this.length = 0
    this.identical = identical
  }

  /** Ends the text: bytes read a little beyond it are zero. */
  seal(length = this.length): void {
    this.length = length
    this.bytes.fill(0, length, length + MARGIN)
  }

  /**
   * Copies from `at` on all bytes of another text that are `plain`.
   *
   * @returns the position of the first one that is not; at most `end`
   */
  take(from: Layer, at: number, end: number, plain: Uint8Array): number {
    const {bytes: source} = from
    const {bytes} = this
    const begins = this.#begins
    const ends = this.#ends
    let length = this.length
    let index = at
    if (from.identical) {
      for (; index < end; index += 1) {
        const byte = source[index] ?? 0
        if (plain[byte] === 0) break
        bytes[length] = byte
        begins[length] = index
        ends[length++] = index + 1
      }
    } else {
      const fromBegins = from.#begins
      const fromEnds = from.#ends
      for (; index < end; index += 1) {
        const byte = source[index] ?? 0
        if (plain[byte] === 0) break
        bytes[length] = byte
        begins[length] = fromBegins[index] ?? 0
        ends[length++] = fromEnds[index] ?? 0
      }
    }
    this.length = length
    return index
  }

  put(byte: number, begin: number, end: number): void {
    const index = this.length++
    this.bytes[index] = byte
    this.#begins[index] = begin
    this.#ends[index] = end
  }

  /** The start of byte `index` in the original. */
  beginOf(index: number): number {
    return this.identical ? index : (this.#begins[index] ?? 0)
  }

  /** The end of byte `index` in the original. */
  endOf(index: number): number {
    return this.identical ? index + 1 : (this.#ends[index] ?? 0)
  }
}

function capacityFor(size: number): number {
  let capacity = 4096
  while (capacity < size) capacity *= 2
  return capacity
}
