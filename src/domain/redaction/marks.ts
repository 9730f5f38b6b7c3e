import {BACKSLASH, hexDigit} from './bytes.js'
import {mayBeInvisible} from './invisible.js'
import {KEY_FORMATS, type KeyFormat} from './key-formats.js'
import type {Layer} from './layer.js'

/** Where something may be in a text: found in one pass, looked at afterwards. */
export interface Marks {
  /** There are escapes to undo, or characters that are not seen. */
  readonly escaped: boolean
  readonly broken: boolean
  /** Of `:`, `=`, and of a comma behind a quote. */
  readonly separators: number[]
  /** Of the second of two bytes that stand in the beginning of a key, by which it was chosen. */
  readonly shapes: number[]
}

/** A beginning that gives a key away, and where in it the two bytes stand that are looked for. */
export interface Clue {
  readonly bytes: Uint8Array
  /** Of the second of the two. */
  readonly at: number
  readonly format: KeyFormat | Special
}

/** What is no prefix with an alphabet behind it. */
export type Special = 'basic' | 'bearer' | 'buffer' | 'flag' | 'pem' | 'user'

const ESCAPED = 1
const BROKEN = 2
const SEPARATOR = 4
const SHAPE = 8

const SPECIALS: readonly (readonly [prefix: string, pair: string, special: Special])[] = [
  ['-----BEGIN ', '-B', 'pem'],
  ['-----BEGIN+', '-B', 'pem'],
  ['---- BEGIN ', ' B', 'pem'], // RFC 4716
  ['earer ', 'r ', 'bearer'],
  ['asic ', 'c ', 'basic'],
  ['earer+', 'r+', 'bearer'], // a blank in a form
  ['asic+', 'c+', 'basic'],
  ['EARER ', 'R ', 'bearer'],
  ['ASIC ', 'C ', 'basic'],
  ['<Buffer ', '<B', 'buffer'],
  ['-u ', '-u', 'user'],
  ['--', '--', 'flag'],
]

/** By two bytes, the first one in the upper half. */
export const CLUES: ReadonlyMap<number, readonly Clue[]> = makeClues()
const PAIRS = makePairs()

/** Looks at each byte once. */
export function findMarks({bytes, length}: Layer): Marks {
  const separators: number[] = []
  const shapes: number[] = []
  let all = 0
  let pair = 0
  for (let index = 0; index < length; index += 1) {
    pair = ((pair << 8) | (bytes[index] ?? 0)) & 0xffff
    const found = PAIRS[pair] ?? 0
    if (found === 0) continue
    all |= found
    if ((found & SEPARATOR) !== 0) separators.push(index)
    if ((found & SHAPE) !== 0) shapes.push(index)
  }
  return {escaped: (all & ESCAPED) !== 0, broken: (all & BROKEN) !== 0, separators, shapes}
}

function makeClues(): Map<number, Clue[]> {
  const clues = new Map<number, Clue[]>()
  const add = (prefix: string, at: number, format: Clue['format']): void => {
    const bytes = Buffer.from(prefix)
    const pair = ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0)
    clues.set(pair, [...(clues.get(pair) ?? []), {bytes, at, format}])
  }
  for (const format of KEY_FORMATS) add(format.prefix, rarestPair(format.prefix), format)
  for (const [prefix, pair, special] of SPECIALS) add(prefix, prefix.indexOf(pair) + 1, special)
  return clues
}

/** The pair of a prefix that stands least often in ordinary text, by its second character. */
function rarestPair(prefix: string): number {
  const indices = Array.from({length: prefix.length - 1}, (_, index) => index + 1)
  const commonness = (at: number): number => {
    const pair = prefix.slice(at - 1, at + 1)
    if (/^[a-z]{2}$/.test(pair)) return 3
    return /^(?:[A-Z]{2}|\d{2})$/.test(pair) ? 2 : 1
  }
  return indices.reduce((best, at) => (commonness(at) < commonness(best) ? at : best), 1)
}

function makePairs(): Uint8Array {
  const pairs = new Uint8Array(0x10000)
  const flag = (pair: number, found: number): void => {
    pairs[pair] = (pairs[pair] ?? 0) | found
  }
  const escapes = Array.from({length: 0x100}, (_, byte) => byte).filter(isEscape)
  for (let first = 0; first < 0x100; first += 1) {
    const row = first << 8
    for (const separator of ':=') flag(row | separator.charCodeAt(0), SEPARATOR)
    for (const gap of '\n\r\t') flag(row | gap.charCodeAt(0), BROKEN)
    for (const byte of escapes) flag(row | byte, ESCAPED)
  }
  for (let byte = 0; byte < 0x100; byte += 1) {
    if (hexDigit(byte) >= 0) flag(('%'.charCodeAt(0) << 8) | byte, ESCAPED)
  }
  for (const entity of '#aglnqAGLNQ') flag(('&'.charCodeAt(0) << 8) | entity.charCodeAt(0), ESCAPED)
  for (const quote of '"\'`') flag((quote.charCodeAt(0) << 8) | ','.charCodeAt(0), SEPARATOR)
  for (const pair of CLUES.keys()) flag(pair, SHAPE)
  return pairs
}

/** Backslashes, controls, and the first byte of what may be invisible. */
function isEscape(byte: number): boolean {
  if (byte < 0x20) return byte !== 0x09 && byte !== 0x0a && byte !== 0x0d
  return byte === BACKSLASH || byte === 0x7f || mayBeInvisible(byte)
}
