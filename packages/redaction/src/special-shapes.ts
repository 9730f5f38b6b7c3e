import {byteTable, HYPHEN, isBlank, isQuote, textOf} from './bytes.js'
import type {Special} from './clues.js'
import type {Layer} from './layer.js'
import {type Found, runOf, skipBlanks} from './runs.js'
import {isSecretFlag} from './secret-names.js'
import {isStandIn, LONGEST_STAND_IN} from './stand-ins.js'
import {behindJoint} from './without-blanks.js'

/** RFC 6750 §2.1. */
const TOKEN = byteTable('A-Za-z0-9_+/=.~-')
const BASE64 = byteTable('A-Za-z0-9+/=_-')
const PEM = byteTable('A-Za-z0-9_+/=:,.() \t\r\n-')
const LABEL = byteTable('A-Z0-9 +') // a form encodes a blank as `+`
const NOT_BLANK = byteTable(`^ \t-\r"'\``)
const FLAG = byteTable('A-Za-z0-9_-')
/** A buffer as `inspect` shows it. */
const HEX_BYTES = byteTable('0-9a-f ')
const USER_PASSWORD = /^([^:/=]+):(?!\/\/|\d*$)(.+)$/s

const MIN_BEARER = 8
const LONGEST_LABEL = 40
/** The start of `' + '` at the end of a text: more may follow. */
const JOINT = /^['"`]\s*\+\s*$/
const LONGEST_JOINT = 200
const PEM_END = /-----?[ -]END[ +][A-Z0-9 +]{0,40}-----?/

/** Texts that precede a key, with the format of the key. */
export const SPECIALS: Readonly<
  Record<Special, (layer: Layer, begin: number, behind: number) => Found>
> = {
  bearer(layer, _begin, behind) {
    const from = skipBlanks(layer, behind)
    const end = runOf(TOKEN, layer, from)
    if (end - from < MIN_BEARER) return undefined
    const start = textOf(layer.bytes, from, Math.min(end, from + LONGEST_STAND_IN + 1))
    return isStandIn(start) || isChallenge(start, layer.bytes[end]) ? undefined : [from, end]
  },
  basic(layer, _begin, behind) {
    const from = skipBlanks(layer, behind)
    const end = runOf(BASE64, layer, from)
    if (end - from < MIN_BEARER) return undefined
    const start = Buffer.from(textOf(layer.bytes, from, Math.min(end, from + 400)), 'base64')
    return /^[\x20-\x39\x3b-\x7e\x80-\xff]*:/.test(start.toString('latin1'))
      ? [from, end]
      : undefined
  },
  /** It may contain anything, and was read before it was known which part is secret. */
  buffer(layer, _begin, behind) {
    const end = runOf(HEX_BYTES, layer, behind)
    return end > behind ? [behind, end] : undefined
  },
  /** `--token abc`; a word that begins with a hyphen is another flag. */
  flag(layer, _begin, behind) {
    const {bytes} = layer
    const end = runOf(FLAG, layer, behind, LONGEST_LABEL)
    const from = skipBlanks(layer, end)
    const name = textOf(bytes, behind, end)
    if (/^(?:proxy-)?user$/.test(name)) return passwordBehind(layer, end)
    if (from === end || bytes[from] === HYPHEN || !isSecretFlag(name)) return undefined
    const to = runOf(NOT_BLANK, layer, from)
    const start = textOf(bytes, from, Math.min(to, from + LONGEST_STAND_IN + 1))
    return to === from || isStandIn(start) ? undefined : [from, to]
  },
  pem(layer, begin, behind) {
    const label = runOf(LABEL, layer, behind, LONGEST_LABEL)
    if (!/PRIVATE[ +]KEY/.test(textOf(layer.bytes, behind, label))) return undefined
    const end = endOfPem(layer, label)
    const last = PEM_END.exec(textOf(layer.bytes, label, end))
    return [begin, last === null ? end : label + last.index + last[0].length]
  },
  /** `curl -u ada:password` */
  user(layer, begin, behind) {
    return isBlank(layer.bytes[begin - 1]) ? passwordBehind(layer, behind - 1) : undefined
  },
}

/** The password in `ada:password`; users and groups (`1000:1000`, `www:www`) have none. */
function passwordBehind(layer: Layer, behind: number): Found {
  const from = skipBlanks(layer, behind)
  if (from === behind) return undefined
  const to = runOf(NOT_BLANK, layer, from)
  const [, user, password] = USER_PASSWORD.exec(textOf(layer.bytes, from, to)) ?? []
  if (user === undefined || password === undefined) return undefined
  if (user === password || isStandIn(password)) return undefined
  return [from + user.length + 1, to]
}

/** Across the lines of the block, which `inspect` shows as concatenated texts. */
function endOfPem(layer: Layer, label: number): number {
  const {bytes, length} = layer
  let end = runOf(PEM, layer, label)
  for (;;) {
    const next = behindJoint(bytes, end)
    if (next === end) break
    end = runOf(PEM, layer, next)
  }
  const goesOn = length - end < LONGEST_JOINT && JOINT.test(textOf(bytes, end, length))
  return goesOn ? length : end
}

/** `Bearer authentication`, and the parameters of a challenge: `Bearer realm="…"` (RFC 6750 §3). */
function isChallenge(text: string, next: number | undefined): boolean {
  return /^[A-Z]?[a-z]{1,19}[.,:]?$/.test(text) || (/^[a-z_]+=$/.test(text) && isQuote(next))
}
