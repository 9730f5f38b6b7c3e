import type {Layer} from './layer.js'
import type {Spans} from './spans.js'

/** A value in its searched form, with its escapes undone. */
interface Needle {
  readonly bytes: Uint8Array
  /** This many consecutive bytes count as a match: the value may have been cut. */
  readonly enough: number
}

interface Place {
  readonly needle: Needle
  /** The position of the window in the needle. */
  readonly offset: number
}

/** Four bytes at each of four offsets: one of them is aligned to four. */
const WINDOW = 7
const MIN_BITS = 14
const MAX_BITS = 22
/** The sieve has a bit for every two bytes of the filter. */
const SIEVE_BITS = 4
/** Windows that so many needles share are not worth checking, if there are others. */
const CROWD = 8
const STEP = 8
const FRAGMENT = 16
/** Of a match: no real value is longer, and a longer one may repeat itself. */
const LONG_FIND = 512

const FIRST_FACTOR = 0x9e3779b1
const SECOND_FACTOR = 0x27d4eb2f

const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/**
 * Finds many values in one pass that reads every fourth byte. Of each value a window of 7 bytes is
 * indexed; wherever it occurs in a text, 4 of its bytes are aligned to 4 there. So the cost hardly
 * depends on the number of values.
 */
export class ValueIndex {
  readonly #short: Buffer[] = []
  readonly #windows = new Map<number, Place[]>()
  /**
   * By two hashes of 4 bytes: whether they occur in some window. Small, so that it stays cached.
   */
  #sieve = new Uint8Array(1 << (MIN_BITS - SIEVE_BITS))
  /** By the hash of 4 bytes: a bit for each offset in some window at which they may occur. */
  #filter = new Uint8Array(1 << MIN_BITS)
  #bits = MIN_BITS
  /** The last match in the searched layer; positions come in order. */
  #found = {begin: 0, end: 0}
  #load = 0
  /** @param plain - the value itself: a part of it, such as its beginning, is found too */
  add(bytes: Uint8Array, plain: boolean): void {
    const {length} = bytes
    if (length < WINDOW) {
      this.#short.push(Buffer.from(bytes))
      return
    }
    const enough = plain ? Math.min(length - 2, FRAGMENT) : Math.min(length - 4, 2 * FRAGMENT)
    const needle = {bytes, enough: Math.max(WINDOW, enough)}
    const [best = 0, ...others] = this.#offsetsFor(needle, plain)
    this.#addWindow(needle, best)
    // One by one: a value that repeats itself has many windows in common with itself.
    for (const offset of others) {
      if (this.#crowdAt(bytes, offset) < CROWD) this.#addWindow(needle, offset)
    }
  }

  /** Adds the positions of the values in the original. */
  search(layer: Layer, spans: Spans): void {
    this.#searchShort(layer, spans)
    this.#found = {begin: 0, end: 0}
    const {words, bytes, length} = layer
    const sieve = this.#sieve
    const filter = this.#filter
    const shift = 32 - this.#bits
    const count = length >>> 2
    for (let index = 0; index < count; index += 1) {
      const word = words[index] ?? 0
      const hash = Math.imul(word, FIRST_FACTOR)
      if (!isMarked(sieve, hash >>> (shift + 1))) continue
      if (!isMarked(sieve, Math.imul(word, SECOND_FACTOR) >>> (shift + 1))) continue
      const offsets = filter[hash >>> shift] ?? 0
      for (let offset = 0; offset < 4; offset += 1) {
        const begin = 4 * index - offset
        if ((offsets & (1 << offset)) === 0 || begin < 0 || begin + WINDOW > length) continue
        const places = this.#windows.get(keyOf(bytes, begin))
        if (places !== undefined) this.#check(layer, begin, places, spans)
      }
    }
  }

  #offsetsFor({bytes}: Needle, plain: boolean): number[] {
    const last = bytes.length - WINDOW
    const candidates = [last, ...[0.75, 0.5, 0.25, 0].map((part) => Math.floor(last * part))]
    const crowdAt = (offset: number): number => this.#crowdAt(bytes, offset)
    const best = candidates.reduce((a, b) => (crowdAt(b) < crowdAt(a) ? b : a))
    if (!plain) return [best]
    const step = last < STEP ? 1 : STEP
    const others = Array.from({length: Math.floor(last / step) + 1}, (_, index) => index * step)
    return [best, ...others.filter((offset) => offset !== best)]
  }

  #crowdAt(bytes: Uint8Array, offset: number): number {
    return this.#windows.get(keyOf(bytes, offset))?.length ?? 0
  }

  #addWindow(needle: Needle, offset: number): void {
    const key = keyOf(needle.bytes, offset)
    const places = this.#windows.get(key)
    if (places === undefined) this.#windows.set(key, [{needle, offset}])
    else places.push({needle, offset})
    this.#load += 4
    if (this.#load * 16 > this.#filter.length && this.#bits < MAX_BITS) this.#grow()
    else this.#mark(needle.bytes, offset)
  }

  #grow(): void {
    this.#bits = Math.min(MAX_BITS, this.#bits + 2)
    this.#filter = new Uint8Array(1 << this.#bits)
    this.#sieve = new Uint8Array(1 << (this.#bits - SIEVE_BITS))
    for (const places of this.#windows.values()) {
      for (const {needle, offset} of places) this.#mark(needle.bytes, offset)
    }
  }

  #mark(bytes: Uint8Array, begin: number): void {
    for (let offset = 0; offset < 4; offset += 1) {
      const word = wordAt(bytes, begin + offset)
      const slot = Math.imul(word, FIRST_FACTOR) >>> (32 - this.#bits)
      this.#filter[slot] = (this.#filter[slot] ?? 0) | (1 << offset)
      for (const hole of [slot >>> 1, Math.imul(word, SECOND_FACTOR) >>> (33 - this.#bits)]) {
        this.#sieve[hole >>> 3] = (this.#sieve[hole >>> 3] ?? 0) | (1 << (hole & 7))
      }
    }
  }

  /**
   * Inside the last match, if that is long, nothing is compared again: in a text of one letter,
   * with a value of that letter, each position would be compared with all of the others.
   */
  #check(layer: Layer, at: number, places: readonly Place[], spans: Spans): void {
    for (const {needle, offset} of places) {
      const found = this.#found
      const isLong = found.end - found.begin > LONG_FIND
      const isInside = isLong && at >= found.begin && at + WINDOW <= found.end
      const before = isInside ? Math.min(at - found.begin, offset) : 0
      const behind = isInside ? Math.min(found.end - at, needle.bytes.length - offset) : 0
      let begin = at - before
      let from = offset - before
      while (begin > 0 && from > 0 && layer.bytes[begin - 1] === needle.bytes[from - 1]) {
        begin -= 1
        from -= 1
      }
      let end = at + behind
      let to = offset + behind
      while (
        end < layer.length &&
        to < needle.bytes.length &&
        layer.bytes[end] === needle.bytes[to]
      ) {
        end += 1
        to += 1
      }
      const isNew = begin < found.begin || end > found.end
      if (!isNew || end - begin < needle.enough) continue
      spans.add(layer.beginOf(begin), layer.endOf(end - 1), 'value')
      const isApart = begin > found.end || end < found.begin
      this.#found = isApart
        ? {begin, end}
        : {begin: Math.min(begin, found.begin), end: Math.max(end, found.end)}
    }
  }

  #searchShort(layer: Layer, spans: Spans): void {
    if (this.#short.length === 0) return
    const text = Buffer.from(layer.bytes.buffer, 0, layer.length)
    for (const needle of this.#short) {
      let begin = text.indexOf(needle)
      while (begin >= 0) {
        const end = begin + needle.length
        spans.add(layer.beginOf(begin), layer.endOf(end - 1), 'value')
        begin = text.indexOf(needle, end)
      }
    }
  }
}

function isMarked(sieve: Uint8Array, hole: number): boolean {
  return ((sieve[hole >>> 3] ?? 0) & (1 << (hole & 7))) !== 0
}

/** Seven bytes as one number; not unique. */
function keyOf(bytes: Uint8Array, begin: number): number {
  const first = Math.imul(wordAt(bytes, begin), 0x85ebca6b)
  return (first ^ Math.imul(wordAt(bytes, begin + 3), 0xc2b2ae35)) | 0
}

/** Four bytes as `Int32Array` reads them. */
function wordAt(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0
  const second = bytes[index + 1] ?? 0
  const third = bytes[index + 2] ?? 0
  const fourth = bytes[index + 3] ?? 0
  return LITTLE_ENDIAN
    ? first | (second << 8) | (third << 16) | (fourth << 24)
    : fourth | (third << 8) | (second << 16) | (first << 24)
}
