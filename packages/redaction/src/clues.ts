import {KEY_FORMATS, type KeyFormat} from './key-formats.js'

/** A prefix that identifies a key, and the position of its two bytes that are searched for. */
export interface Clue {
  readonly bytes: Uint8Array
  /** The position of the second of the two. */
  readonly at: number
  readonly format: KeyFormat | Special
}

/** Forms that are not a prefix followed by an alphabet. */
export type Special = 'basic' | 'bearer' | 'buffer' | 'flag' | 'pem' | 'user'

/** By two bytes, the first one in the upper half. */
export type Clues = ReadonlyMap<number, readonly Clue[]>

const SPECIALS: readonly (readonly [prefix: string, pair: string, special: Special])[] = [
  ['-----BEGIN ', '-B', 'pem'],
  ['-----BEGIN+', '-B', 'pem'],
  ['---- BEGIN ', ' B', 'pem'], // RFC 4716
  ['earer ', 'r ', 'bearer'],
  ['asic ', 'c ', 'basic'],
  ['earer+', 'r+', 'bearer'], // a form encodes a blank as `+`
  ['asic+', 'c+', 'basic'],
  ['EARER ', 'R ', 'bearer'],
  ['ASIC ', 'C ', 'basic'],
  ['<Buffer ', '<B', 'buffer'],
  ['-u ', '-u', 'user'],
  ['--', '--', 'flag'],
]

/** @param formats - in addition to the built-in ones */
export function makeClues(formats: readonly KeyFormat[]): Clues {
  const clues = new Map<number, Clue[]>()
  const add = (prefix: string, at: number, format: Clue['format']): void => {
    const bytes = Buffer.from(prefix)
    const pair = ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0)
    const here = clues.get(pair)
    if (here === undefined) clues.set(pair, [{bytes, at, format}])
    else here.push({bytes, at, format})
  }
  const addFormat = (format: KeyFormat): void => {
    add(format.prefix, rarestPair(format.prefix), format)
  }
  formats.forEach(addFormat)
  KEY_FORMATS.forEach(addFormat)
  for (const [prefix, pair, special] of SPECIALS) add(prefix, prefix.indexOf(pair) + 1, special)
  return clues
}

/** The pair of a prefix that is rarest in ordinary text, by its second character. */
function rarestPair(prefix: string): number {
  let best = 1
  let least = Infinity
  for (let at = 1; at < prefix.length && least > 1; at += 1) {
    const commonness = commonnessOf(prefix.charCodeAt(at - 1), prefix.charCodeAt(at))
    if (commonness >= least) continue
    best = at
    least = commonness
  }
  return best
}

/** From 1, for two characters that are rarely adjacent, to 3. */
function commonnessOf(one: number, other: number): number {
  if (isBetween('a', one, 'z') && isBetween('a', other, 'z')) return 3
  const areCapitals = isBetween('A', one, 'Z') && isBetween('A', other, 'Z')
  return areCapitals || (isBetween('0', one, '9') && isBetween('0', other, '9')) ? 2 : 1
}

function isBetween(first: string, character: number, last: string): boolean {
  return character >= first.charCodeAt(0) && character <= last.charCodeAt(0)
}
