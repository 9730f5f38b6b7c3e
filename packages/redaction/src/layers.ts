import {Layer} from './layer.js'
import {findMarks, type Marks} from './marks.js'
import {unescape} from './unescape.js'
import {withoutBlanks} from './without-blanks.js'

/** How often escapes are undone: JSON in a percent-encoded address in JSON takes three rounds. */
const MAX_ROUNDS = 4
/** What a larger text needed is given back. */
const KEPT_BYTES = 1 << 20

const encoder = new TextEncoder()

/** A text as it came, with its escapes undone, and without blanks. Each text takes the last one's place. */
export class Layers {
  readonly #pairs: Uint8Array
  #made = makeLayers()
  /** What was taken last, often twice in a row, and what was made of it. */
  #text: string | undefined
  #legible = this.#made.raw
  #joinedOf: Layer | undefined
  /** Of the text as it came. */
  #marks: Marks = {escaped: false, broken: false, separators: [], shapes: []}

  /** @param pairs - see {@link findMarks} */
  constructor(pairs: Uint8Array) {
    this.#pairs = pairs
  }

  /** The text as it came. */
  get raw(): Layer {
    return this.#made.raw
  }

  /** Takes a text. @returns it with its escapes undone; {@link raw} itself where it has none */
  legible(text: string): Layer {
    if (text === this.#text) return this.#legible
    this.#text = text
    this.#joinedOf = undefined
    if (this.#made.raw.bytes.length > KEPT_BYTES && text.length < KEPT_BYTES / 4) {
      this.#made = makeLayers()
    }
    const {raw} = this.#made
    raw.reserve(3 * text.length, true)
    raw.seal(encoder.encodeInto(text, raw.bytes).written)
    this.#marks = findMarks(raw, this.#pairs)
    return (this.#legible = this.#marks.escaped ? this.#unescaped(raw) : raw)
  }

  /** Where something may be in a layer that {@link legible} gave. */
  marksOf(legible: Layer): Marks {
    return legible.identical ? this.#marks : findMarks(legible, this.#pairs)
  }

  /** A layer without blanks. */
  joined(layer: Layer): Layer {
    if (layer !== this.#joinedOf) withoutBlanks(layer, this.#made.joined)
    this.#joinedOf = layer
    return this.#made.joined
  }

  #unescaped(raw: Layer): Layer {
    let {here, there} = this.#made
    let from = raw
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const again = unescape(from, here)
      from = here
      ;[here, there] = [there, here]
      if (!again) break
    }
    return from
  }
}

function makeLayers() {
  return {raw: new Layer(), here: new Layer(), there: new Layer(), joined: new Layer()}
}
