import {byteTable, COLON, textOf} from './bytes.js'
import type {Layer} from './layer.js'
import type {Spans} from './spans.js'
import {areStandIns, LONGEST_STAND_IN} from './stand-ins.js'
import type {ValueReader} from './value-reader.js'

const AT = 0x40
const USER_INFO = byteTable('^ \t-\r/"<>?#\\\x00')
/** The user of a remote shell or repository is not a secret. */
const SHELL_SCHEME = /(?:ssh|sftp|git|scp)$/i

/**
 * Adds the positions of user and password in `scheme://user:password@host` (RFC 3986 §3.2.1).
 *
 * @param at - the position of the scheme's colon
 * @returns the position up to which nothing else has to be searched
 */
export function findUserInfo(layer: Layer, reader: ValueReader, at: number, spans: Spans): number {
  const {bytes, length} = layer
  const from = at + 3
  let [end, last] = [from, -1]
  let named = false
  const depth = reader.percentDepth(at)
  while (end < length) {
    if (USER_INFO[bytes[end] ?? 0] === 0 && reader.percentDepth(end) <= depth) break
    if (bytes[end] === AT) last = end
    else if (bytes[end] === COLON && last < 0) named = true
    end += 1
  }
  if (last <= from) return 0
  const scheme = textOf(bytes, Math.max(0, at - 8), at)
  if (!named && SHELL_SCHEME.test(scheme)) return 0
  const isSecret = last - from > 2 * LONGEST_STAND_IN || !areStandIns(textOf(bytes, from, last))
  if (isSecret) spans.add(layer.beginOf(from), layer.endOf(last - 1), 'name')
  return last
}
