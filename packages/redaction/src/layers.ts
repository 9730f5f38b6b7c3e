import {Layer} from './layer.js'
import {findMarks, type Marks} from './marks.js'
import {unescape} from './unescape.js'
import {withoutBlanks} from './without-blanks.js'

/**
 * How many times escapes are undone: JSON in a percent-encoded address in JSON takes three rounds.
 */
const MAX_ROUNDS = 4
/** Memory for larger texts is released. */
const KEPT_BYTES = 1 << 20

const encoder = new TextEncoder()

/**
 * A text unchanged, with its escapes undone, and without blanks. Each text replaces the last one.
 */
export class Layers {
  readonly #pairs: Uint8Array
  #made = makeLayers()
  /** The last text, often used twice in a row, and its result. */
  #text: string | undefined
  #legible = this.#made.raw
  #joinedOf: Layer | undefined
  /** The marks of the unchanged text. */
  #marks: Marks = {escaped: false, broken: false, separators: [], shapes: []}

  /** @param pairs - see {@link findMarks} */
  constructor(pairs: Uint8Array) {
    this.#pairs = pairs
  }

  /** The unchanged text. */
  get raw(): Layer {
    return this.#made.raw
  }

  /** Sets the text. @returns it with its escapes undone; {@link raw} itself where it has none */
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

  /** The marks in a layer that {@link legible} returned. */
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
