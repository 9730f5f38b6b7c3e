import {Finder} from './finder.js'
import type {KeyFormat} from './key-formats.js'
import type {KnownSecrets} from './known-secrets.js'
import {KnownValueStream} from './known-value-stream.js'
import {RedactionStream} from './redaction-stream.js'
import {REDACTED, render, type Span} from './spans.js'

export interface RedactorOptions {
  /** May grow at any time: what is added is known from then on. */
  readonly known: KnownSecrets
  /** Of keys that nobody else has; those that are all over the world are known. */
  readonly formats?: readonly KeyFormat[]
}

/** Takes secrets out of text. */
export interface Redactor {
  /** The text with `[redacted]` in the place of each secret; what was JSON is JSON still. */
  readonly redact: (text: string) => string
  /** As {@link redact}, without regard to names: for what a person has to read, and may act upon. */
  readonly redactValues: (text: string) => string
  /**
   * As {@link redactValues}, also where blanks stand inside of a value: for text from outside, before
   * what cannot be shown in it becomes blanks.
   */
  readonly redactBroken: (text: string) => string
  /** Where secrets stand in a text, in order, in bytes of UTF-8. */
  readonly find: (text: string) => readonly Span[]
  /**
   * For a text that comes in pieces, wherever it is cut.
   *
   * @param means - `all`: whole lines are let go. `values`: known values alone are taken out, and all
   *   else is let go at once
   */
  readonly stream: (means: 'all' | 'values') => TextStream
}

/** Takes a text in pieces, and gives back what may be written of it. */
export interface TextStream {
  /** Whether something is held back. */
  readonly isHolding: boolean
  /** @returns what may be written now, redacted */
  write(piece: string): string
  /** @returns all that was held back, redacted: nothing follows, or nobody should wait for it */
  flush(): string
}

const NOT_VISIBLE = /[^\x21-\x7E]+/g

/** Makes a redactor. Use one: the values that it knows are made ready to be found once. */
export function createRedactor({known, formats = []}: RedactorOptions): Redactor {
  const finder = new Finder(known, formats)
  const without = (text: string, spans: readonly Span[]): string =>
    spans.length === 0 ? text : render(text, spans, 0, Infinity)
  return {
    redact: (text) => without(text, finder.find(text, 'names')),
    redactValues: (text) => without(text, finder.find(text, 'shapes')),
    redactBroken(text) {
      const rest = without(text, finder.find(text, 'shapes', true))
      const packed = rest.replaceAll(NOT_VISIBLE, '')
      // Broken in the middle of an escape, or by what a terminal takes a letter with, a value has no
      // place of its own that could be replaced.
      return packed !== rest && finder.find(packed, 'values').length > 0 ? REDACTED : rest
    },
    find: (text) => finder.find(text, 'names'),
    stream: (means) =>
      means === 'all' ? new RedactionStream(finder) : new KnownValueStream(finder),
  }
}
