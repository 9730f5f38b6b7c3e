import {LINE_FEED} from './bytes.js'
import {isContinuation} from './invisible.js'
import type {Finder} from './finder.js'
import {render, type Span} from './spans.js'

/** An unfinished line is searched again after this many characters. */
const STRETCH = 16 * 1024
/** How much of it is held back, since a secret may continue. */
const TAIL = 4 * 1024
/** The maximum that is held back, whatever it looks like. */
const MAX = 64 * 1024
/**
 * Released text gives the context of what follows: a name for its value, an opening for its end.
 */
const CONTEXT = 160
/** Shorter lines wait for others, or for a flush. */
const MIN = 64

/**
 * Redacts a text that comes in chunks, across any boundaries. Whole lines are released at once;
 * what may be the start of a secret waits for what follows, within limits. Each character is read a
 * few times at most, even when they come one by one.
 */
export class RedactionStream {
  readonly #finder: Finder
  /** The last released text, unredacted. */
  #context = ''
  #pending = ''
  /** The length at which the text is searched again. */
  #worth = MIN

  constructor(finder: Finder) {
    this.#finder = finder
  }

  get isHolding(): boolean {
    return this.#pending !== ''
  }

  write(chunk: string): string {
    this.#pending += chunk
    const {length} = this.#pending
    const due = length >= STRETCH + this.#worth || (length >= this.#worth && chunk.includes('\n'))
    return due ? this.#advance(false) : ''
  }

  flush(): string {
    return this.#pending === '' ? '' : this.#advance(true)
  }

  #advance(all: boolean): string {
    const text = this.#context + this.#pending
    const bytes = Buffer.from(text)
    const from = Buffer.byteLength(this.#context)
    const spans = this.#finder.find(text, 'names')
    const cut = all ? bytes.length : Math.max(from, this.#cutOf(bytes, from, spans))
    const written = render(text, spans, from, cut)
    this.#context = bytes.toString('utf8', ...this.#contextAt(bytes, cut, spans))
    this.#pending = bytes.toString('utf8', cut)
    this.#worth = Math.max(MIN, 2 * this.#pending.length)
    return written
  }

  /** The position up to which nothing can change any more, whatever follows. */
  #cutOf(bytes: Buffer, from: number, spans: readonly Span[]): number {
    const lineEnd = bytes.lastIndexOf(LINE_FEED) + 1
    const stretched = bytes.length - from >= STRETCH ? bytes.length - TAIL : 0
    const whole = Math.max(lineEnd, stretched)
    const unfinished = this.#finder.unfinished(bytes.toString('utf8', 0, whole))
    const cut = spans.reduce(
      (end, span) =>
        span.begin < end && (span.end > end || span.end === bytes.length) ? span.begin : end,
      characterAt(bytes, Math.min(whole, unfinished)),
    )
    return cut <= from && bytes.length - from > MAX ? bytes.length : cut
  }

  /** At the cut, the start of an unfinished secret; otherwise the text before. */
  #contextAt(bytes: Buffer, cut: number, spans: readonly Span[]): [begin: number, end: number] {
    const open = spans.find(({begin, end}) => begin < cut && end >= cut)
    if (open === undefined || cut - open.begin <= CONTEXT) {
      return [characterAt(bytes, Math.max(0, cut - CONTEXT)), cut]
    }
    const begin = characterAt(bytes, Math.max(0, open.begin - CONTEXT / 2))
    return [begin, characterAt(bytes, open.begin + CONTEXT / 2)]
  }
}

function characterAt(bytes: Buffer, index: number): number {
  let begin = index
  while (begin > 0 && isContinuation(bytes[begin])) begin -= 1
  return begin
}
