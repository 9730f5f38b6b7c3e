import {BACKSLASH} from './bytes.js'
import {makeClues} from './clues.js'
import {isContinuation} from './invisible.js'
import type {KeyFormat} from './key-formats.js'
import {findKeyShapes} from './key-shapes.js'
import type {KnownSecrets} from './known-secrets.js'
import {Layer} from './layer.js'
import {findMarks, makePairs, type Marks} from './marks.js'
import {findNamedValues} from './named-values.js'
import {REDACTED, type Span, Spans} from './spans.js'
import {spellingsOf} from './spellings.js'
import {unescape} from './unescape.js'
import {ValueIndex} from './value-index.js'
import {withoutBlanks} from './without-blanks.js'

/** How often escapes are undone: JSON in a percent-encoded address in JSON takes three rounds. */
const MOST_ROUNDS = 4
/** What a larger text needed is given back. */
const KEPT_BYTES = 1 << 20
const NOT_VISIBLE = /[^\x21-\x7E]+/g

const encoder = new TextEncoder()

/**
 * Takes secrets out of text, by three means: values that are known, in every encoding; names of
 * fields and parameters; and shapes of keys. The cost of a text is linear in its length and hardly
 * depends on how many values are known.
 */
export class Redactor {
  readonly #known: KnownSecrets
  readonly #clues
  readonly #pairs
  readonly #index = new ValueIndex()
  #taken = 0
  #layers = makeLayers()
  /** Of the text as it came. */
  #marks: Marks = {escaped: false, broken: false, separators: [], shapes: []}

  /**
   * @param known - may grow at any time: what is added is known from then on
   * @param formats - of keys, beside those that all know
   */
  constructor(known: KnownSecrets, formats: readonly KeyFormat[] = []) {
    this.#known = known
    this.#clues = makeClues(formats)
    this.#pairs = makePairs(this.#clues)
  }

  /** The text with `[redacted]` in the place of each secret; what was JSON is JSON still. */
  redact(text: string): string {
    const spans = this.find(text)
    if (spans.length === 0) return text
    return this.render(text, spans, 0, Infinity)
  }

  /** As {@link redact}, without regard to names: for what a person has to read, and may act upon. */
  redactValues(text: string): string {
    const spans = this.#search(text, 'shapes')
    return spans.length === 0 ? text : this.render(text, spans, 0, Infinity)
  }

  /**
   * As {@link redactValues}, also where blanks stand inside of a value: for text from outside, before
   * what cannot be shown in it becomes blanks.
   */
  redactBroken(text: string): string {
    const spans = this.#search(text, 'shapes', true)
    const rest = spans.length === 0 ? text : this.render(text, spans, 0, Infinity)
    const packed = rest.replaceAll(NOT_VISIBLE, '')
    // Broken in the middle of an escape, or by what a terminal takes a letter with, a value has no place
    // of its own that could be replaced.
    return packed !== rest && this.#holdsKnown(packed) ? REDACTED : rest
  }

  /** Where secrets stand in a text, in order, in bytes of UTF-8. */
  find(text: string): readonly Span[] {
    return this.#search(text, 'names')
  }

  /** As {@link find}, of known values alone: a text that holds none of them is as it was. */
  findKnown(text: string): readonly Span[] {
    return this.#search(text, 'values')
  }

  /**
   * @param means - the last of them; what a name alone gives away hides nothing without names
   * @param joins - look across blanks, too, even where no line break or tab is
   */
  #search(text: string, means: 'names' | 'shapes' | 'values', joins = false): readonly Span[] {
    if (text.length < 4) return []
    const spans = new Spans()
    this.#takeNewSecrets()
    const legible = this.#legible(text)
    const raw = this.#layers.raw.bytes
    const marks = legible.identical ? this.#marks : findMarks(legible, this.#pairs)
    const byNames = means === 'names'
    if (byNames) findNamedValues(legible, raw, marks, spans)
    if (means !== 'values') findKeyShapes(legible, marks, this.#clues, spans, byNames)
    // What stands behind a stray `%` or backslash is not mistaken for a part of an escape there.
    if (!legible.identical) this.#index.search(this.#layers.raw, spans)
    this.#index.search(legible, spans)
    if (joins || marks.broken) this.#index.search(this.#joined(legible), spans)
    return spans.isEmpty
      ? []
      : spans.merged().map((span) => wholeCharacters(span, raw, this.#layers.raw.length))
  }

  /**
   * Where a known value may begin that is cut at the end of the text, in bytes; the length when
   * nowhere.
   */
  unfinished(text: string): number {
    this.#takeNewSecrets()
    const joined = this.#joined(this.#legible(text))
    const begin = this.#index.unfinished(joined)
    return begin === joined.length ? this.#layers.raw.length : joined.beginOf(begin)
  }

  /** The bytes from `from` to `to` of a text, with what stands in the spans replaced. */
  render(text: string, spans: readonly Span[], from: number, to: number): string {
    const bytes = Buffer.from(text)
    const last = Math.min(to, bytes.length)
    const pieces: string[] = []
    let done = from
    for (const {begin, end, substitute} of spans) {
      if (begin >= last) break
      if (end <= from) continue
      if (begin >= from) pieces.push(bytes.toString('utf8', done, begin), substitute)
      done = Math.max(done, Math.min(end, last))
    }
    pieces.push(bytes.toString('utf8', done, last))
    return pieces.join('')
  }

  #holdsKnown(text: string): boolean {
    const spans = new Spans()
    this.#index.search(this.#legible(text), spans)
    return !spans.isEmpty
  }

  /** The text with its escapes undone. */
  #legible(text: string): Layer {
    if (this.#layers.raw.bytes.length > KEPT_BYTES && text.length < KEPT_BYTES / 4) {
      this.#layers = makeLayers()
    }
    const {raw} = this.#layers
    raw.reserve(3 * text.length, true)
    raw.seal(encoder.encodeInto(text, raw.bytes).written)
    this.#marks = findMarks(raw, this.#pairs)
    return this.#marks.escaped ? this.#unescaped(raw) : raw
  }

  #unescaped(raw: Layer): Layer {
    let {here, there} = this.#layers
    let from = raw
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const again = unescape(from, here)
      from = here
      ;[here, there] = [there, here]
      if (!again) break
    }
    return from
  }

  #joined(layer: Layer): Layer {
    withoutBlanks(layer, this.#layers.joined)
    return this.#layers.joined
  }

  #takeNewSecrets(): void {
    if (this.#known.size === this.#taken) return
    const values = this.#known.since(this.#taken)
    this.#taken = this.#known.size
    for (const value of values) {
      for (const {text, plain} of spellingsOf(value)) this.#addNeedles(text, plain)
    }
  }

  /** What a spelling is in a text whose escapes are undone, or were cut and are not undone. */
  #addNeedles(text: string, plain: boolean): void {
    const legible = this.#legible(text)
    const {raw} = this.#layers
    if (legible !== raw && plain) this.#addNeedle(raw, plain)
    this.#addNeedle(legible, plain)
    const joined = this.#joined(legible)
    if (joined.length < legible.length) this.#addNeedle(joined, plain)
  }

  #addNeedle({bytes, length}: Layer, plain: boolean): void {
    this.#index.add(Uint8Array.from(bytes.subarray(0, length)), plain)
  }
}

function makeLayers() {
  return {raw: new Layer(), here: new Layer(), there: new Layer(), joined: new Layer()}
}

/** A span may begin or end inside of a character that is not ASCII, or end inside of `\\`. */
function wholeCharacters(span: Span, raw: Uint8Array, length: number): Span {
  let {begin, end} = span
  while (begin > 0 && isContinuation(raw[begin])) begin -= 1
  while (end < length && isContinuation(raw[end])) end += 1
  if (raw[end] === BACKSLASH && endsInEscape(raw, begin, end)) end += 1
  return begin === span.begin && end === span.end ? span : {...span, begin, end}
}

function endsInEscape(raw: Uint8Array, begin: number, end: number): boolean {
  let first = end
  while (first > begin && raw[first - 1] === BACKSLASH) first -= 1
  return (end - first) % 2 === 1
}
