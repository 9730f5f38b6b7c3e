import {byteTable, COLON, EQUALS, isBlank, isQuote, textOf} from './bytes.js'
import type {Layer} from './layer.js'
import {Nesting} from './nesting.js'
import type {NameKind} from './secret-names.js'
import {REDACTED} from './spans.js'
import {isProse, isStandIn, LONGEST_STAND_IN} from './stand-ins.js'

/** The position of a value, in bytes of the layer. */
interface Value {
  readonly parts: readonly (readonly [begin: number, end: number])[]
  /** The position after it. */
  readonly end: number
  /** Not quoted where its name is: a number, whose replacement has to be quoted. */
  readonly bare: boolean
}

const NOTHING: Value = {parts: [], end: 0, bare: false}

/** The end of a value without quotes, in a query or a form, and elsewhere. */
const ENDS_PARAMETER = byteTable(' \t-\r&;"<>\x00')
const ENDS_WORD = byteTable(` \t-\r"'\`<>\x00`)
const ENDS_LITERAL = byteTable('^A-Za-z0-9_.+-')
const ENDS_LINE = byteTable('\n\r"`\x00')
const OPENS = byteTable('[{')
const CLOSES = byteTable(']}')
const SCHEME = /^(?:Basic|Bearer|Token|ApiKey|Negotiate|NTLM|DPoP|GNAP) +/i
const RANDOM = /^(?=.*[A-Za-z])(?=.*(?:\d|[a-z][A-Z]))[\w+/=.~-]{16,}$/
const SECRET_WORD = /^(?=.*[A-Za-z])(?=.*\d)[^\s()[\]{}]{6,}$/
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i
const LONGEST_SCHEME = 24

/** Reads values to their end: quoted at any depth of nesting, in lists, without quotes. */
export class ValueReader {
  readonly #layer: Layer
  readonly #raw: Buffer
  readonly #nesting: Nesting

  constructor(layer: Layer, raw: Buffer) {
    this.#layer = layer
    this.#raw = raw
    this.#nesting = new Nesting(layer, raw)
  }

  /**
   * @param from - the start of the value
   * @param separator - the character before it
   * @param nameQuoted - the name was quoted, as in JSON
   */
  read(from: number, separator: number, kind: NameKind, nameQuoted: boolean): Value {
    const {bytes, length} = this.#layer
    const first = bytes[from]
    if (from >= length) return NOTHING
    const opens = this.#nesting.percentDepth(from) <= this.#nesting.percentDepth(separator)
    if (isQuote(first) && opens) {
      const value = this.#quoted(from)
      if (value.end < length || bytes[separator] !== EQUALS) return value
    }
    if (OPENS[first ?? 0] === 1 && bytes[separator] !== EQUALS) {
      return this.#isRedacted(from) ? NOTHING : this.#list(from)
    }
    if (nameQuoted && bytes[separator] === COLON)
      return this.#plain(from, ENDS_LITERAL, separator, true)
    const isHeader = kind === 'authorization' || kind === 'cookie'
    if (isHeader && bytes[separator] === COLON) return this.#header(from, separator, kind)
    if (bytes[separator] === EQUALS) return this.#plain(from, ENDS_PARAMETER, separator, false)
    const value = this.#plain(from, ENDS_WORD, separator, false)
    const isWord = value.end - from < LONGEST_STAND_IN && isBlank(bytes[separator + 1])
    const isSentence = isWord && isProse(textOf(bytes, from, value.end))
    return isSentence ? {...NOTHING, end: value.end} : value
  }

  /** The word of a parameter, and the byte after it. */
  wordAt(from: number, separator: number): {text: string; next: number} {
    const end = this.#endOf(from, ENDS_PARAMETER, separator)
    const {bytes} = this.#layer
    return {text: textOf(bytes, from, Math.min(end, from + 64)), next: bytes[end] ?? 0}
  }

  /** The end of the text whose quote is at `from`. */
  behindQuoted(from: number): number {
    return isQuote(this.#layer.bytes[from]) ? this.#closing(from) + 1 : from
  }

  /** Whether a quoted value has no words in it, and letters with digits or in both cases. */
  looksRandom(from: number): boolean {
    if (!isQuote(this.#layer.bytes[from])) return false
    const end = this.#closing(from)
    const text = textOf(this.#layer.bytes, from + 1, Math.min(end, from + 200))
    return RANDOM.test(text) && !UUID.test(text)
  }

  /**
   * Whether a word, quoted or not, has both letters and digits, and is not an expression in code.
   */
  looksSecret(from: number): boolean {
    const {bytes, length} = this.#layer
    const isQuoted = isQuote(bytes[from])
    const begin = isQuoted ? from + 1 : from
    let end = isQuoted ? this.#closing(from) : begin
    if (!isQuoted) while (end < length && ENDS_PARAMETER[bytes[end] ?? 0] === 0) end += 1
    const text = textOf(bytes, begin, Math.min(end, begin + 200)).replace(/[.,)\]}]+$/, '')
    return SECRET_WORD.test(text) || RANDOM.test(text)
  }

  /** See {@link Nesting.percentDepth}. */
  percentDepth(index: number): number {
    return this.#nesting.percentDepth(index)
  }

  /** A quote in its original spelling: `"`, `\"`, `%22`. */
  spellingOf(index: number): string {
    return textOf(this.#raw, this.#layer.beginOf(index), this.#layer.endOf(index))
  }

  #quoted(from: number): Value {
    const end = this.#closing(from)
    const begin = from + 1
    if (this.#isEmpty(begin, end)) return {...NOTHING, end}
    return {parts: [[begin, end]], end, bare: false}
  }

  /** The quote that closes the one at `open`; the end of the text if there is none. */
  #closing(open: number): number {
    const {bytes, length} = this.#layer
    const quote = bytes[open]
    const depth = this.#nesting.backslashesBefore(open)
    const period = 2 * (depth + 1)
    for (let index = open + 1; index < length; index += 1) {
      if (bytes[index] === 0) return index
      if (bytes[index] !== quote) continue
      const backslashes = this.#nesting.backslashesBefore(index)
      if (backslashes < depth || backslashes % period === depth) return index
    }
    return length
  }

  /** Every text in an array or an object, except the names. */
  #list(from: number): Value {
    const {bytes, length} = this.#layer
    const parts: (readonly [number, number])[] = []
    let depth = 0
    let index = from
    while (index < length) {
      const byte = bytes[index] ?? 0
      if (byte === 0) break
      if (OPENS[byte] === 1) depth += 1
      else if (CLOSES[byte] === 1) depth -= 1
      if (depth === 0) return {parts, end: index + 1, bare: false}
      if (isQuote(byte)) {
        const end = this.#closing(index)
        if (bytes[end + 1] !== COLON && !this.#isEmpty(index + 1, end)) parts.push([index + 1, end])
        index = end
      }
      index += 1
    }
    return {parts, end: index, bare: false}
  }

  #plain(from: number, ends: Uint8Array, separator: number, bare: boolean): Value {
    const end = this.#endOf(from, ends, separator)
    return this.#isEmpty(from, end) ? {...NOTHING, end} : {parts: [[from, end]], end, bare}
  }

  /** The value of a header: credentials are one word, cookies extend to the end of the line. */
  #header(from: number, separator: number, kind: 'authorization' | 'cookie'): Value {
    if (kind === 'cookie') return this.#plain(from, ENDS_LINE, separator, false)
    const {bytes} = this.#layer
    const [scheme] = SCHEME.exec(textOf(bytes, from, from + LONGEST_SCHEME)) ?? []
    if (scheme !== undefined) return this.#plain(from + scheme.length, ENDS_WORD, separator, false)
    const word = this.#endOf(from, ENDS_WORD, separator)
    const isDigest = /^(?:Digest|AWS4-HMAC-SHA256|OAuth|Hawk)$/i.test(textOf(bytes, from, word))
    return this.#plain(from, isDigest ? ENDS_LINE : ENDS_WORD, separator, false)
  }

  /** A character that is encoded more often than the separator is part of the value. */
  #endOf(from: number, ends: Uint8Array, separator: number): number {
    const {bytes, length} = this.#layer
    const depth = this.#nesting.percentDepth(separator)
    let end = from
    while (end < length) {
      const byte = bytes[end] ?? 0
      if (ends[byte] === 1 && (byte === 0 || this.#nesting.percentDepth(end) <= depth)) break
      end += 1
    }
    return end
  }

  #isRedacted(from: number): boolean {
    return textOf(this.#layer.bytes, from, from + REDACTED.length) === REDACTED
  }

  #isEmpty(from: number, end: number): boolean {
    return end - from <= LONGEST_STAND_IN && isStandIn(textOf(this.#layer.bytes, from, end))
  }
}
