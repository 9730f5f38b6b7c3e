import {KEY_FORMATS, type KeyFormat} from './key-formats.js'

/** A beginning that gives a key away, and where in it the two bytes stand that are looked for. */
export interface Clue {
  readonly bytes: Uint8Array
  /** Of the second of the two. */
  readonly at: number
  readonly format: KeyFormat | Special
}

/** What is no prefix with an alphabet behind it. */
export type Special = 'basic' | 'bearer' | 'buffer' | 'flag' | 'pem' | 'user'

/** By two bytes, the first one in the upper half. */
export type Clues = ReadonlyMap<number, readonly Clue[]>

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

/** @param formats - beside those that all know */
export function makeClues(formats: readonly KeyFormat[]): Clues {
  const clues = new Map<number, Clue[]>()
  const add = (prefix: string, at: number, format: Clue['format']): void => {
    const bytes = Buffer.from(prefix)
    const pair = ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0)
    clues.set(pair, [...(clues.get(pair) ?? []), {bytes, at, format}])
  }
  for (const format of [...formats, ...KEY_FORMATS])
    add(format.prefix, rarestPair(format.prefix), format)
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
