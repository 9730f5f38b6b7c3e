import {byteTable, isLineEnd, isBlank, isQuote} from './bytes.js'
import type {Layer} from './layer.js'

const PLUS = 0x2b
const LONGEST_GAP = 200
const ORDINARY = byteTable(`^ \t-\r"'\``)

/**
 * Removes what a value may be broken by: blanks and line breaks, and `' + '`, with which `inspect`
 * shows texts of several lines.
 */
export function withoutBlanks(from: Layer, to: Layer): void {
  const {bytes, length} = from
  to.reserve(length, false)
  let index = 0
  while (index < length) {
    index = to.take(from, index, length, ORDINARY)
    if (index >= length) break
    const behind = behindJoint(bytes, index)
    if (behind === index && isQuote(bytes[index])) {
      to.put(bytes[index] ?? 0, from.beginOf(index), from.endOf(index))
    }
    index = Math.max(index + 1, behind)
  }
  to.seal()
}

/** After `' + '`, where that starts at `index`; otherwise `index`. */
export function behindJoint(bytes: Uint8Array, index: number): number {
  if (!isQuote(bytes[index])) return index
  const plus = behindGap(bytes, index + 1)
  if (bytes[plus] !== PLUS) return index
  const quote = behindGap(bytes, plus + 1)
  return bytes[quote] === bytes[index] ? quote + 1 : index
}

function behindGap(bytes: Uint8Array, begin: number): number {
  let index = begin
  while (index - begin < LONGEST_GAP && (isBlank(bytes[index]) || isLineEnd(bytes[index]))) {
    index += 1
  }
  return index
}
