import type {Clues} from './clues.js'
import {BACKSLASH, hexDigit} from './bytes.js'
import {mayBeInvisible} from './invisible.js'
import type {Layer} from './layer.js'

/** Candidate positions in a text: found in one pass, checked afterwards. */
export interface Marks {
  /** There are escapes to undo, or invisible characters. */
  readonly escaped: boolean
  readonly broken: boolean
  /** Of `:`, `=`, and of a comma after a quote. */
  readonly separators: number[]
  /** Of the second of the two bytes by which a key's prefix is searched. */
  readonly shapes: number[]
}

const ESCAPED = 1
const BROKEN = 2
const SEPARATOR = 4
const SHAPE = 8

/**
 * Reads each byte once.
 *
 * @param pairs - see {@link makePairs}
 */
export function findMarks({bytes, length}: Layer, pairs: Uint8Array): Marks {
  const separators: number[] = []
  const shapes: number[] = []
  let all = 0
  let pair = 0
  for (let index = 0; index < length; index += 1) {
    pair = ((pair << 8) | (bytes[index] ?? 0)) & 0xffff
    const found = pairs[pair] ?? 0
    if (found === 0) continue
    all |= found
    if ((found & SEPARATOR) !== 0) separators.push(index)
    if ((found & SHAPE) !== 0) shapes.push(index)
  }
  return {escaped: (all & ESCAPED) !== 0, broken: (all & BROKEN) !== 0, separators, shapes}
}

/** The meaning of two consecutive bytes. */
export function makePairs(clues: Clues): Uint8Array {
  const pairs = new Uint8Array(0x10000)
  const flag = (pair: number, found: number): void => {
    pairs[pair] = (pairs[pair] ?? 0) | found
  }
  const row = new Uint8Array(0x100) // for any first byte
  for (let byte = 0; byte < 0x100; byte += 1) if (isEscape(byte)) row[byte] = ESCAPED
  for (const separator of ':=') row[separator.charCodeAt(0)] = SEPARATOR
  for (const gap of '\n\r\t') row[gap.charCodeAt(0)] = BROKEN
  for (let first = 0; first < 0x100; first += 1) pairs.set(row, first << 8)
  for (let byte = 0; byte < 0x100; byte += 1) {
    if (hexDigit(byte) >= 0) flag(('%'.charCodeAt(0) << 8) | byte, ESCAPED)
  }
  for (const entity of '#aglnqAGLNQ') flag(('&'.charCodeAt(0) << 8) | entity.charCodeAt(0), ESCAPED)
  for (const quote of '"\'`') flag((quote.charCodeAt(0) << 8) | ','.charCodeAt(0), SEPARATOR)
  for (const pair of clues.keys()) flag(pair, SHAPE)
  return pairs
}

/** Backslashes, controls, and bytes that may start an invisible character. */
function isEscape(byte: number): boolean {
  if (byte < 0x20) return byte !== 0x09 && byte !== 0x0a && byte !== 0x0d
  return byte === BACKSLASH || byte === 0x7f || mayBeInvisible(byte)
}
