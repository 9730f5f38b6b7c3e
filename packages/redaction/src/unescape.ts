import {
  AMPERSAND,
  BACKSLASH,
  BELL,
  byteTable,
  CARRIAGE_RETURN,
  ESCAPE,
  hexDigit,
  hexNumber,
  LINE_FEED,
  PERCENT,
  TAB,
  textOf,
} from './bytes.js'
import {codeOfEntity, LONGEST_ENTITY} from './entities.js'
import {invisibleAt, isInvisible} from './invisible.js'
import type {Layer} from './layer.js'
import {behindControl, behindEscape, opensString} from './terminal-sequences.js'

/** Separates what was separate: never part of a value. */
const BORDER = 0x00
const C1 = 0xc2
const C1_CSI = 0x9b
const ORDINARY = byteTable('^\\%&\r\x00-\x08\x0b-\x1f\x7f-\xff')

/**
 * Undoes one level of escapes: of JSON and of debuggers (any number of backslashes), percent
 * encoding (also of the percent signs themselves), HTML entities, terminal sequences; and drops
 * invisible characters. A value and its escaped forms all become the same text this way.
 *
 * Reads each byte once, whatever the text.
 *
 * @returns whether the result may contain escapes again
 */
export function unescape(from: Layer, to: Layer): boolean {
  return new Unescaping(from, to).run()
}

class Unescaping {
  readonly #from: Layer
  readonly #to: Layer
  readonly #bytes: Buffer
  /** Parts that a terminal would interpret, such as the address of a link: searched at the end. */
  readonly #apart: [begin: number, end: number][]
  #again = false

  constructor(from: Layer, to: Layer) {
    this.#from = from
    this.#to = to
    this.#bytes = from.bytes
    this.#apart = [[0, from.length]]
    to.reserve(2 * from.length + 16, false)
  }

  run(): boolean {
    for (const [begin, end] of this.#apart) {
      if (begin > 0) this.#put(BORDER, begin, begin)
      this.#stretch(begin, end)
    }
    this.#to.seal()
    return this.#again
  }

  #stretch(begin: number, end: number): void {
    let lead = -1 // the start of a run of backslashes that belongs to what follows
    let i = begin
    while (i < end) {
      if (lead < 0) i = this.#to.take(this.#from, i, end, ORDINARY)
      if (i >= end) break
      const byte = this.#bytes[i] ?? 0
      const start = lead < 0 ? i : lead
      lead = -1
      if (byte === BACKSLASH) {
        const next = this.#backslashes(start, i, end)
        if (next < 0) {
          lead = start
          i = -next
        } else i = next
      } else if (byte === PERCENT) i = this.#percent(start, i, end)
      else if (byte === AMPERSAND) i = this.#entity(start, i, end)
      else if (byte === ESCAPE) i = this.#terminal(i + 1, end)
      else if (byte >= 0x80) i = this.#beyondAscii(start, i, end)
      else {
        i += 1
        if (byte === CARRIAGE_RETURN) this.#put(LINE_FEED, start, i)
        else if (isSeen(byte)) this.#put(byte, start, i)
      }
    }
  }

  /** @returns where to continue; negative, when the backslashes belong to the byte there */
  #backslashes(start: number, at: number, end: number): number {
    let i = at
    while (i < end && this.#bytes[i] === BACKSLASH) i += 1
    if (i >= end) return i
    switch (this.#bytes[i]) {
      case 0x6e: // n
      case 0x72: // r
        this.#put(LINE_FEED, start, i + 1)
        return i + 1
      case 0x62: // b
      case 0x66: // f
        return i + 1 // dropped
      case 0x74: // t
        this.#put(TAB, start, i + 1)
        return i + 1
      case 0x75: // u
        return this.#unit(start, i, end)
      case 0x78: // x
        return this.#coded(start, i, i + 3, hexNumber(this.#bytes, i + 1, 2), end)
      case 0x30: // 033, as shells write it
        if (this.#bytes[i + 1] === 0x33 && this.#bytes[i + 2] === 0x33 && i + 3 <= end) {
          return this.#coded(start, i, i + 3, ESCAPE, end)
        }
        return -i
      default:
        return -i
    }
  }

  #coded(start: number, at: number, next: number, code: number, end: number): number {
    if (code < 0 || next > end) return -at
    this.#character(code, start, next)
    return next
  }

  /** `uXXXX`, or a surrogate pair of them. */
  #unit(start: number, at: number, end: number): number {
    const next = at + 5
    const code = hexNumber(this.#bytes, at + 1, 4)
    if (code < 0xd800 || code > 0xdbff) return this.#coded(start, at, next, code, end)
    let second = next
    while (this.#bytes[second] === BACKSLASH && second < end) second += 1
    const low = this.#bytes[second] === 0x75 ? hexNumber(this.#bytes, second + 1, 4) : -1
    if (second === next || low < 0xdc00 || low > 0xdfff)
      return this.#coded(start, at, next, code, end)
    const whole = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
    return this.#coded(start, at, second + 5, whole, end)
  }

  #percent(start: number, at: number, end: number): number {
    let i = at + 1
    // `%2541` is `%41`, encoded once more.
    while (this.#bytes[i] === 0x32 && this.#bytes[i + 1] === 0x35 && this.#isByteAt(i + 2)) i += 2
    const byte = i + 2 <= end ? hexNumber(this.#bytes, i, 2) : -1
    if (byte < 0) {
      this.#put(PERCENT, start, at + 1)
      return at + 1
    }
    this.#byte(byte, start, i + 2)
    return i + 2
  }

  #isByteAt(index: number): boolean {
    return hexDigit(this.#bytes[index]) >= 0 && hexDigit(this.#bytes[index + 1]) >= 0
  }

  #entity(start: number, at: number, end: number): number {
    const last = Math.min(end, at + 2 + LONGEST_ENTITY)
    let semicolon = at + 1
    while (semicolon < last && this.#bytes[semicolon] !== 0x3b) semicolon += 1
    const code = semicolon < last ? codeOfEntity(textOf(this.#bytes, at + 1, semicolon)) : undefined
    if (code === undefined) {
      this.#put(AMPERSAND, start, at + 1)
      return at + 1
    }
    this.#character(code, start, semicolon + 1)
    return semicolon + 1
  }

  /** A terminal sequence (ECMA-48), from the byte after its ESC. */
  #terminal(at: number, end: number): number {
    const byte = this.#bytes[at] ?? 0
    if (at >= end) return at
    if (byte === 0x5b) return behindControl(this.#bytes, at + 1, end)
    if (opensString(byte)) {
      let i = at + 1
      while (i < end && this.#bytes[i] !== BELL && this.#bytes[i] !== ESCAPE) i += 1
      this.#apart.push([at + 1, i])
      return this.#bytes[i] === BELL && i < end ? i + 1 : i
    }
    return behindEscape(this.#bytes, at, end)
  }

  #beyondAscii(start: number, at: number, end: number): number {
    if (this.#bytes[at] === C1 && this.#bytes[at + 1] === C1_CSI)
      return behindControl(this.#bytes, at + 2, end)
    const unseen = invisibleAt(this.#bytes, at)
    if (unseen > 0) return at + unseen
    this.#put(this.#bytes[at] ?? 0, start, at + 1)
    return at + 1
  }

  #character(code: number, start: number, next: number): void {
    if (code < 0x80) this.#byte(code, start, next)
    else if (!isInvisible(code)) {
      for (const byte of Buffer.from(String.fromCodePoint(code))) this.#put(byte, start, next)
    }
  }

  #byte(byte: number, start: number, next: number): void {
    if (byte === BACKSLASH || byte === PERCENT || byte === AMPERSAND || byte === ESCAPE) {
      this.#again = true
      this.#put(byte, start, next)
    } else if (byte === CARRIAGE_RETURN) this.#put(LINE_FEED, start, next)
    else if (byte >= 0x80) {
      this.#again = true // the bytes of one character may be invisible together
      this.#put(byte, start, next)
    } else if (isSeen(byte)) this.#put(byte, start, next)
  }

  #put(byte: number, start: number, next: number): void {
    this.#to.put(
      byte,
      this.#from.beginOf(start),
      start === next ? this.#from.beginOf(next) : this.#from.endOf(next - 1),
    )
  }
}

function isSeen(byte: number): boolean {
  return byte >= 0x20 ? byte !== 0x7f : byte === LINE_FEED || byte === TAB
}
