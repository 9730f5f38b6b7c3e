import {Beginnings} from './beginnings.js'
import {BACKSLASH} from './bytes.js'
import {makeClues} from './clues.js'
import {isContinuation} from './invisible.js'
import type {KeyFormat} from './key-formats.js'
import {findKeyShapes} from './key-shapes.js'
import type {KnownSecrets} from './known-secrets.js'
import type {Layer} from './layer.js'
import {Layers} from './layers.js'
import {makePairs} from './marks.js'
import {findNamedValues} from './named-values.js'
import {type Span, Spans} from './spans.js'
import {spellingsOf} from './spellings.js'
import {ValueIndex} from './value-index.js'

/** Of a spelling, in bytes: a shorter one occurs in ordinary text. */
const SHORTEST = 5
/** What a value may be broken by, besides line breaks and tabs: see `withoutBlanks`. */
const GAP = /[ "'`]/

/**
 * Finds secrets in text in three ways: known values, in every encoding; names of fields and
 * parameters; and formats of keys. The cost is linear in the length of the text and hardly depends
 * on the number of known values.
 */
export class Finder {
  readonly #known: KnownSecrets
  readonly #clues
  readonly #layers
  readonly #index = new ValueIndex()
  readonly #beginnings = new Beginnings()
  #taken = 0

  /**
   * @param known - may grow at any time: new values are used from then on
   * @param formats - of keys, in addition to the built-in ones
   */
  constructor(known: KnownSecrets, formats: readonly KeyFormat[]) {
    this.#known = known
    this.#clues = makeClues(formats)
    this.#layers = new Layers(makePairs(this.#clues))
  }

  /**
   * The positions of secrets in a text, in order, in bytes of UTF-8.
   *
   * @param means - the last of them; a format that needs a name hides nothing without names
   * @param joins - look across blanks, too, even where no line break or tab is
   */
  find(text: string, means: 'names' | 'shapes' | 'values', joins = false): readonly Span[] {
    if (text.length < 4) return []
    const spans = new Spans()
    this.#takeNewSecrets()
    const legible = this.#layers.legible(text)
    const {raw} = this.#layers
    const marks = this.#layers.marksOf(legible)
    const byNames = means === 'names'
    if (byNames) findNamedValues(legible, raw.bytes, marks, spans)
    if (means !== 'values') findKeyShapes(legible, marks, this.#clues, spans, byNames)
    // Text after a stray `%` or backslash is not part of an escape there.
    if (!legible.identical) this.#index.search(raw, spans)
    this.#index.search(legible, spans)
    const mayJoin = joins && (!legible.identical || GAP.test(text))
    if (mayJoin || marks.broken) this.#index.search(this.#layers.joined(legible), spans)
    return spans.isEmpty ? [] : spans.merged().map((span) => wholeCharacters(span, raw))
  }

  /**
   * Where a known value may start that is cut at the end of the text, in bytes; the length when
   * nowhere.
   */
  unfinished(text: string): number {
    this.#takeNewSecrets()
    const joined = this.#layers.joined(this.#layers.legible(text))
    const begin = this.#beginnings.unfinished(joined)
    return begin === joined.length ? this.#layers.raw.length : joined.beginOf(begin)
  }

  #takeNewSecrets(): void {
    if (this.#known.size === this.#taken) return
    const values = this.#known.since(this.#taken)
    this.#taken = this.#known.size
    for (const value of values) {
      for (const {text, plain} of spellingsOf(value)) this.#addNeedles(text, plain)
    }
  }

  /** The form of a spelling in a text whose escapes are undone, or were cut and are not undone. */
  #addNeedles(text: string, plain: boolean): void {
    const legible = this.#layers.legible(text)
    const {raw} = this.#layers
    if (legible !== raw && plain) this.#addNeedle(raw, plain)
    this.#addNeedle(legible, plain)
    const joined = this.#layers.joined(legible)
    if (joined.length < legible.length) this.#addNeedle(joined, plain)
  }

  #addNeedle({bytes, length}: Layer, plain: boolean): void {
    if (length < SHORTEST) return
    const needle = Uint8Array.from(bytes.subarray(0, length))
    this.#index.add(needle, plain)
    this.#beginnings.add(needle)
  }
}

/** A span may start or end inside a non-ASCII character, or end inside `\\`. */
function wholeCharacters(span: Span, {bytes, length}: Layer): Span {
  let {begin, end} = span
  while (begin > 0 && isContinuation(bytes[begin])) begin -= 1
  while (end < length && isContinuation(bytes[end])) end += 1
  if (bytes[end] === BACKSLASH && endsInEscape(bytes, begin, end)) end += 1
  return begin === span.begin && end === span.end ? span : {...span, begin, end}
}

function endsInEscape(bytes: Uint8Array, begin: number, end: number): boolean {
  let first = end
  while (first > begin && bytes[first - 1] === BACKSLASH) first -= 1
  return (end - first) % 2 === 1
}
