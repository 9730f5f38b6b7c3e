import {isBlank} from './bytes.js'
import type {Layer} from './layer.js'

/** The position of a key, in bytes of the layer; `undefined` where there is none. */
export type Found = readonly [from: number, to: number] | undefined

/** The end of the run of an alphabet's bytes that starts at `from`. */
export function runOf(
  alphabet: Uint8Array,
  {bytes, length}: Layer,
  from: number,
  most = Infinity,
): number {
  const last = Math.min(length, from + most)
  let end = from
  while (end < last && alphabet[bytes[end] ?? 0] === 1) end += 1
  return end
}

export function skipBlanks({bytes, length}: Layer, from: number): number {
  let index = from
  while (index < length && isBlank(bytes[index])) index += 1
  return index
}
