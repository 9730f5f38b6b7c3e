import {KEY_FORMATS, type KeyFormat} from './key-formats.js'

/** A beginning that gives a key away, and where in it the two bytes stand that are looked for. */
export interface Clue {
  readonly bytes: Uint8Array
  /** Of the second of the two. */
  readonly at: number
  readonly format: KeyFormat | Special
}

/** What is not a prefix with an alphabet behind it. */
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
  let best = 1
  let least = Infinity
  for (let at = 1; at < prefix.length && least > 1; at += 1) {
    const commonness = commonnessOf(prefix.charCodeAt(at - 1), prefix.charCodeAt(at))
    if (commonness < least) [best, least] = [at, commonness]
  }
  return best
}

/** From 1, for two characters that hardly ever stand together, to 3. */
function commonnessOf(one: number, other: number): number {
  if (isBetween('a', one, 'z') && isBetween('a', other, 'z')) return 3
  const areCapitals = isBetween('A', one, 'Z') && isBetween('A', other, 'Z')
  return areCapitals || (isBetween('0', one, '9') && isBetween('0', other, '9')) ? 2 : 1
}

function isBetween(first: string, character: number, last: string): boolean {
  return character >= first.charCodeAt(0) && character <= last.charCodeAt(0)
}
