import {LINE_FEED} from './bytes.js'
import {isContinuation} from './invisible.js'
import type {Finder} from './finder.js'
import {render, type Span} from './spans.js'

/** A line that does not end is looked at every so many characters. */
const STRETCH = 16 * 1024
/** As much of it is held back, since a secret may go on. */
const TAIL = 4 * 1024
/** More is never held back, whatever it looks like. */
const MAX = 64 * 1024
/** What was let go before tells what stands now: a name its value, an opening its end. */
const CONTEXT = 160
/** Lines that are shorter wait for others, or for a flush. */
const MIN = 64

/**
 * Redacts a text that comes in pieces, wherever it is cut. Whole lines are let go at once; what may
 * be the beginning of a secret waits for what follows, within bounds. Each character is looked at a
 * few times at most, also when they come one by one.
 */
export class RedactionStream {
  readonly #finder: Finder
  /** What was let go last, as it came. */
  #context = ''
  #pending = ''
  /** So long has the text to be before a look is worth it. */
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

  /** Up to where nothing can change any more, whatever follows. */
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

  /** Where a secret goes on at the cut, what it began with; else what stands before. */
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
