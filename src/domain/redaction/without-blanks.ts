import {byteTable} from './bytes.js'
import type {Layer} from './layer.js'

const NOT_BLANK = byteTable(/\S/)

/** Takes blanks and line breaks out: a value may have been wrapped, and indented. */
export function withoutBlanks(from: Layer, to: Layer): void {
  const {length} = from
  to.reserve(length, false)
  for (let index = 0; index < length; index += 1) index = to.take(from, index, length, NOT_BLANK)
  to.seal()
}
