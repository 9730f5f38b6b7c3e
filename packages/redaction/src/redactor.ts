import {Finder} from './finder.js'
import type {KeyFormat} from './key-formats.js'
import type {KnownSecrets} from './known-secrets.js'
import {KnownValueStream} from './known-value-stream.js'
import {RedactionStream} from './redaction-stream.js'
import {REDACTED, render, type Span} from './spans.js'

export interface RedactorOptions {
  /** May grow at any time: new values are used from then on. */
  readonly known: KnownSecrets
  /** Formats of your own keys; those of common services are built in. */
  readonly formats?: readonly KeyFormat[]
}

/** Redacts secrets in text. */
export interface Redactor {
  /** The text with each secret replaced by `[redacted]`; JSON stays JSON. */
  readonly redact: (text: string) => string
  /**
   * Like {@link redact}, but ignores names: for text that a person has to read, and may act upon.
   */
  readonly redactValues: (text: string) => string
  /**
   * Like {@link redactValues}, even where blanks occur inside a value: for text from outside,
   * before characters that cannot be shown become blanks.
   */
  readonly redactBroken: (text: string) => string
  /** The positions of secrets in a text, in order, in bytes of UTF-8. */
  readonly find: (text: string) => readonly Span[]
  /**
   * For a text that comes in chunks, across any boundaries.
   *
   * @param means - `all`: whole lines are released. `values`: only known values are redacted, and
   *   everything else is released at once
   */
  readonly stream: (means: 'all' | 'values') => TextStream
}

/** Takes a text in chunks, and returns what may be written of it. */
export interface TextStream {
  /** Whether text is held back. */
  readonly isHolding: boolean
  /** @returns the text that may be written now, redacted */
  write(piece: string): string
  /** @returns all text that was held back, redacted: nothing follows, or it must not wait */
  flush(): string
}

const NOT_VISIBLE = /[^\x21-\x7E]+/g

/** Creates a redactor. Use only one: its index of known values is built once. */
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
      // A value that is broken in the middle of an escape, or combined with a terminal sequence,
      // has no separate position that could be replaced.
      return packed !== rest && finder.find(packed, 'values').length > 0 ? REDACTED : rest
    },
    find: (text) => finder.find(text, 'names'),
    stream: (means) =>
      means === 'all' ? new RedactionStream(finder) : new KnownValueStream(finder),
  }
}
