import {byteTable, isAlphanumeric} from './bytes.js'
import type {Alphabet, KeyFormat} from './key-formats.js'
import type {Layer} from './layer.js'
import type {Clue, Clues} from './clues.js'
import type {Marks} from './marks.js'
import {type Found, runOf} from './runs.js'
import type {Spans} from './spans.js'
import {SPECIALS} from './special-shapes.js'

const ALPHABETS: Readonly<Record<Alphabet, Uint8Array>> = {
  alphanumeric: byteTable('A-Za-z0-9'),
  base64: byteTable('A-Za-z0-9_+/=.~-'),
  digits: byteTable('0-9'),
  dotted: byteTable('A-Za-z0-9_.-'),
  hex: byteTable('0-9a-fA-F'),
  segments: byteTable('A-Za-z0-9_/@-'),
  serial: byteTable('A-Z0-9-'),
  upper: byteTable('A-Z0-9'),
  word: byteTable('A-Za-z0-9_-'),
}
const LONGEST_BEFORE = 64
/**
 * Adds the positions of texts that look like keys: by their prefix, by the scheme before them
 * (`Bearer`, `Basic`), as a PEM block (RFC 7468), or after a flag of a command line.
 *
 * @param byNames - whether the names of flags count
 */
export function findKeyShapes(
  layer: Layer,
  {shapes}: Marks,
  clues: Clues,
  spans: Spans,
  byNames: boolean,
): void {
  const {bytes} = layer
  let done = 0 // each byte belongs to one key only, so that the cost stays linear
  for (const mark of shapes) {
    const here = clues.get(((bytes[mark - 1] ?? 0) << 8) | (bytes[mark] ?? 0)) ?? []
    for (const clue of here) {
      const begin = mark - clue.at
      const isNamed = clue.format === 'flag' || clue.format === 'user'
      if (isNamed && !byNames) continue
      if (begin < done || !startsAt(layer, begin, clue)) continue
      const found = keyAt(layer, begin, clue)
      if (found === undefined) continue
      const [from, to] = found
      spans.add(layer.beginOf(from), layer.endOf(to - 1), isNamed ? 'name' : 'shape')
      done = to
      break
    }
  }
}

function startsAt({bytes, length}: Layer, begin: number, clue: Clue): boolean {
  if (begin < 0 || begin + clue.bytes.length > length) return false
  for (let index = 0; index < clue.bytes.length; index += 1) {
    if (bytes[begin + index] !== clue.bytes[index]) return false
  }
  return true
}

function keyAt(layer: Layer, begin: number, {bytes: prefix, format}: Clue): Found {
  const behind = begin + prefix.length
  return typeof format === 'string'
    ? SPECIALS[format](layer, begin, behind)
    : byFormat(layer, begin, behind, format)
}

function byFormat(layer: Layer, at: number, behind: number, format: KeyFormat): Found {
  const {bytes} = layer
  const begin = format.before === undefined ? at : beginBefore(layer, at, format.before)
  if (begin === undefined || isAlphanumeric(bytes[begin - 1])) return undefined
  const end = runOf(ALPHABETS[format.alphabet], layer, behind)
  return end - behind < format.least ? undefined : [begin, end]
}

function beginBefore(
  {bytes}: Layer,
  at: number,
  {least, alphabet}: NonNullable<KeyFormat['before']>,
): number | undefined {
  let begin = at
  while (
    begin > 0 &&
    at - begin < LONGEST_BEFORE &&
    ALPHABETS[alphabet][bytes[begin - 1] ?? 0] === 1
  ) {
    begin -= 1
  }
  return at - begin < least ? undefined : begin
}
