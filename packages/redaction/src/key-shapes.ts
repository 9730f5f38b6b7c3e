import {byteTable, HYPHEN, isAlphanumeric, isBlank, isQuote, textOf} from './bytes.js'
import type {Alphabet, KeyFormat} from './key-formats.js'
import type {Layer} from './layer.js'
import type {Clue, Clues, Special} from './clues.js'
import type {Marks} from './marks.js'
import {isSecretFlag} from './secret-names.js'
import type {Spans} from './spans.js'
import {isStandIn, LONGEST_STAND_IN} from './stand-ins.js'
import {behindJoint} from './without-blanks.js'

const ALPHABETS: Readonly<Record<Alphabet, Uint8Array>> = {
  alphanumeric: byteTable(/[A-Za-z0-9]/),
  base64: byteTable(/[\w+/=.~-]/),
  digits: byteTable(/\d/),
  dotted: byteTable(/[\w.-]/),
  hex: byteTable(/[\da-fA-F]/),
  segments: byteTable(/[\w/@-]/),
  serial: byteTable(/[A-Z0-9-]/),
  upper: byteTable(/[A-Z0-9]/),
  word: byteTable(/[\w-]/),
}
/** RFC 6750 §2.1. */
const TOKEN = ALPHABETS.base64
const BASE64 = byteTable(/[A-Za-z0-9+/=_-]/)
const PEM = byteTable(/[\w+/=:,.() \t\r\n-]/)
const LABEL = byteTable(/[A-Z0-9 +]/) // a blank in a form is `+`
const NOT_BLANK = byteTable(/[^\s"'`]/)
const FLAG = ALPHABETS.word
/** What `inspect` shows of a buffer. */
const HEX_BYTES = byteTable(/[\da-f ]/)
const USER_PASSWORD = /^([^:/=]+):(?!\/\/|\d*$)(.+)$/s

const LEAST_BEARER = 8
const LONGEST_LABEL = 40
const LONGEST_BEFORE = 64
/** The beginning of `' + '` at the end of a text: more may follow. */
const JOINT = /^['"`]\s*\+\s*$/
const LONGEST_JOINT = 200
const PEM_END = /-----?[ -]END[ +][A-Z0-9 +]{0,40}-----?/

/**
 * Adds where something stands that looks like a key: by its beginning, by the scheme before it
 * (`Bearer`, `Basic`), as a PEM block (RFC 7468), or behind a flag of a command line.
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
  let done = 0 // each byte is taken for one key only, so that the cost stays linear
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

type Found = readonly [from: number, to: number] | undefined

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

const SPECIALS: Readonly<Record<Special, (layer: Layer, begin: number, behind: number) => Found>> =
  {
    bearer(layer, _begin, behind) {
      const from = skipBlanks(layer, behind)
      const end = runOf(TOKEN, layer, from)
      if (end - from < LEAST_BEARER) return undefined
      const start = textOf(layer.bytes, from, Math.min(end, from + LONGEST_STAND_IN + 1))
      return isStandIn(start) || isChallenge(start, layer.bytes[end]) ? undefined : [from, end]
    },
    basic(layer, _begin, behind) {
      const from = skipBlanks(layer, behind)
      const end = runOf(BASE64, layer, from)
      if (end - from < LEAST_BEARER) return undefined
      const start = Buffer.from(textOf(layer.bytes, from, Math.min(end, from + 400)), 'base64')
      return /^[\x20-\x39\x3b-\x7e\x80-\xff]*:/.test(start.toString('latin1'))
        ? [from, end]
        : undefined
    },
    /** It may hold anything, and was read before anybody could know what of it is secret. */
    buffer(layer, _begin, behind) {
      const end = runOf(HEX_BYTES, layer, behind)
      return end > behind ? [behind, end] : undefined
    },
    /** `--token abc`; what begins with a hyphen is another flag. */
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

/** Over the lines of the block, which `inspect` shows as texts that are added up. */
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

function runOf(
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

function skipBlanks({bytes, length}: Layer, from: number): number {
  let index = from
  while (index < length && isBlank(bytes[index])) index += 1
  return index
}

/** `Bearer authentication`, and the parameters of a challenge: `Bearer realm="…"` (RFC 6750 §3). */
function isChallenge(text: string, next: number | undefined): boolean {
  return /^[A-Z]?[a-z]{1,19}[.,:]?$/.test(text) || (/^[a-z_]+=$/.test(text) && isQuote(next))
}
