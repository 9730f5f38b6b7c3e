import type {Finder} from './finder.js'
import {render} from './spans.js'

/** Text that was already released: the rest of a value whose start is there is found by it. */
const CONTEXT = 160
/** This many matching characters of a known value are not a coincidence. */
const ENOUGH = 6
/** The maximum that is held back, whatever it looks like. */
const MAX = 16 * 1024

/**
 * Redacts known values in a text that comes in chunks, across any boundaries, and releases
 * everything else at once: only the start of a known value waits for what follows. Where fewer than
 * 6 characters of one have been released, its rest is removed.
 */
export class KnownValueStream {
  readonly #finder: Finder
  /** The last released text, unredacted. */
  #context = ''
  #pending = ''

  constructor(finder: Finder) {
    this.#finder = finder
  }

  get isHolding(): boolean {
    return this.#pending !== ''
  }

  write(chunk: string): string {
    this.#pending += chunk
    return this.#advance(false)
  }

  flush(): string {
    return this.#pending === '' ? '' : this.#advance(true)
  }

  #advance(all: boolean): string {
    const text = this.#context + this.#pending
    const from = Buffer.byteLength(this.#context)
    const length = Buffer.byteLength(text)
    const cut = all || length > MAX ? length : Math.max(from, this.#cutOf(text, length))
    const written = render(text, this.#finder.find(text, 'values'), from, cut)
    const letGo = Buffer.from(text).toString('utf8', 0, cut)
    this.#pending = text.slice(letGo.length)
    this.#context = letGo.slice(-CONTEXT)
    return written
  }

  /** Where the start of a known value is at the end of the text; escapes are not cut in two. */
  #cutOf(text: string, length: number): number {
    const begin = this.#finder.unfinished(text)
    return Math.min(length - begin >= ENOUGH ? begin : length, length - openEscape(text))
  }
}

/** The number of characters of an incomplete escape at the end of a text. */
function openEscape(text: string): number {
  const [tail = ''] = /\\+(?:u[\da-f]{0,3})?$/i.exec(text) ?? []
  const backslashes = tail.lastIndexOf('\\') + 1
  return backslashes % 2 === 0 ? 0 : tail.length - backslashes + 1
}
