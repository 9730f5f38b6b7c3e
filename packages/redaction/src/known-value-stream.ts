import type {Finder} from './finder.js'
import {render} from './spans.js'

/** What is let go before it: the rest of a value whose beginning is there is found by it. */
const CONTEXT = 160
/** So many characters in which a known value begins are not accident. */
const ENOUGH = 6
/** More is never held back, whatever it looks like. */
const MAX = 16 * 1024

/**
 * Takes known values out of a text that comes in pieces, wherever it is cut, and lets everything
 * else go at once: only the beginning of a known value waits for what follows. Where fewer than 6
 * characters of one have been let go, its rest is left out.
 */
export class KnownValueStream {
  readonly #finder: Finder
  /** What was let go last, as it came. */
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

  /** Where the beginning of a known value stands at the end of the text; no escape is cut in two. */
  #cutOf(text: string, length: number): number {
    const begin = this.#finder.unfinished(text)
    return Math.min(length - begin >= ENOUGH ? begin : length, length - openEscape(text))
  }
}

/** How many characters of an escape stand at the end of a text, whose others follow. */
function openEscape(text: string): number {
  const [tail = ''] = /\\+(?:u[\da-f]{0,3})?$/i.exec(text) ?? []
  const backslashes = tail.lastIndexOf('\\') + 1
  return backslashes % 2 === 0 ? 0 : tail.length - backslashes + 1
}
