import {Random} from './random.js'

/** Characters that a server can insert into a value to hide it, by kind. */
export const BREAKERS: Readonly<Record<string, string>> = {
  tab: '\t',
  'line feed': '\n',
  'carriage return': '\r',
  'carriage return and line feed': '\r\n',
  'start of heading': '\u0001',
  bell: '\u0007',
  backspace: '\b',
  escape: '\u001B',
  delete: '\u007F',
  'next line': '\u0085',
  'control sequence introducer': '\u009B',
  'soft hyphen': '\u00AD',
  'combining grapheme joiner': '\u034F',
  'Arabic letter mark': '\u061C',
  'Hangul filler': '\u115F',
  'Khmer vowel': '\u17B4',
  'Mongolian vowel separator': '\u180E',
  'zero-width space': '\u200B',
  'zero-width joiner': '\u200D',
  'right-to-left mark': '\u200F',
  'line separator': '\u2028',
  'right-to-left override': '\u202E',
  'word joiner': '\u2060',
  isolate: '\u2066',
  'empty Braille pattern': '\u2800',
  'wide Hangul filler': '\u3164',
  'half a character': '\uD800',
  'variation selector': '\uFE0F',
  'byte order mark': '\uFEFF',
  'halfwidth Hangul filler': '\uFFA0',
  'interlinear annotation': '\uFFF9',
  tag: '\u{E0041}',
  'supplementary variation selector': '\u{E0100}',
}

const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  percent: (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  base64: (text) => Buffer.from(text).toString('base64'),
  hex: (text) => Buffer.from(text).toString('hex'),
  'JSON-escaped': (text) =>
    text.replaceAll(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
}

interface BrokenSecret {
  /** The kind of the inserted characters, and the encoding. */
  readonly name: string
  readonly text: string
}

/**
 * A secret as a hostile server would return it: in each encoding, broken every dozen characters or
 * so by each kind of invisible character.
 *
 * @param seed - the same one breaks it at the same places
 */
export function brokenSecrets(secret: string, seed: number): BrokenSecret[] {
  const random = new Random(seed)
  return Object.entries(ENCODINGS).flatMap(([encoding, encode]) => {
    const encoded = encode(secret)
    const broken = Object.entries(BREAKERS).map(([kind, breaker]) => ({
      name: `${encoding}, broken by ${kind}`,
      text: random.pieces(encoded, 13).join(breaker),
    }))
    return [{name: encoding, text: encoded}, ...broken]
  })
}

/** Whether a reader who ignores invisible characters can read a secret in a text. */
export function holdsSecret(text: string, secret: string): boolean {
  const visible = text.replaceAll(/\\u[\da-f]{4}|\\[bfnrt]|[^!-~]/gi, '')
  return Object.values(ENCODINGS).some((encode) => visible.includes(encode(secret)))
}
