import {
  AMPERSAND,
  BLANK,
  byteTable,
  COLON,
  COMMA,
  EQUALS,
  isBlank,
  isLineEnd,
  isQuote,
  textOf,
} from './bytes.js'
import type {Layer} from './layer.js'
import type {Marks} from './marks.js'
import {isHot, kindOfName, type NameKind, nextTriple} from './secret-names.js'
import {REDACTED, type Spans} from './spans.js'
import {findUserInfo} from './user-info.js'
import {ValueReader} from './value-reader.js'

const NAME = byteTable('A-Za-z0-9_.$-')
const LONGEST_NAME = 64
const SLASH = 0x2f
const GREATER = 0x3e
const OPENING_BRACKET = 0x5b
/** The characters before a name in a query or a form. */
const BEFORE_PARAMETER = byteTable('?&#')
const HEADER_NAME =
  /^(?:accept(?:-[a-z]+)?|authorization|cache-control|connection|content-[a-z]+|cookie|date|etag|host|if-[a-z-]+|location|origin|proxy-[a-z]+|referer|retry-after|set-cookie|user-agent|www-authenticate|x-[a-z-]+)$/i
/** Parameter names that may also hold a secret in JSON. */
const IN_JSON = /^(?:auth|code|key|otp|pass|pin|sid|sig|signature)$/i
/** The states of a thing, where `state` is not that of an authorization request. */
const STATE =
  /^(?:open|closed|all|merged|pending|queued|running|streaming|success|failed|cancell?ed|active|done)$/

/** The other members of a stored login, in JSON and as `inspect` prints it. */
const GRANT_MEMBER =
  /(?<![\w-])["']?(?:type["']?: ?["']oauth["']|(?:access|refresh)["']?: ?["']|expires(?:_?at|_?in)?["']?: ?["'\d])/i
const NEIGHBOURHOOD = 4096

/**
 * Adds the positions of values whose names say that they are secret: fields of JSON and of
 * `inspect` output, headers, parameters of queries and forms, variables, cookies, and the user
 * information of addresses (RFC 3986 §3.2.1).
 *
 * @param raw - the original, in which the spelling of a quote shows how deep it is nested
 */
export function findNamedValues(
  layer: Layer,
  raw: Buffer,
  {separators}: Marks,
  spans: Spans,
): void {
  const reader = new ValueReader(layer, raw)
  let done = 0
  for (const at of separators) {
    if (at < done) continue
    done = Math.max(done, readAt(layer, reader, at, spans))
  }
}

/** @returns the position up to which nothing else has to be searched */
function readAt(layer: Layer, reader: ValueReader, at: number, spans: Spans): number {
  const {bytes} = layer
  if (bytes[at] === COLON && bytes[at + 1] === SLASH && bytes[at + 2] === SLASH) {
    return findUserInfo(layer, reader, at, spans)
  }
  const name = nameBefore(layer, at)
  if (name === undefined) return 0
  const kind = kindOfName(name.text)
  if (
    kind === undefined ||
    isComparison(layer, reader, at) ||
    !fits(layer, reader, at, name, kind)
  ) {
    return 0
  }
  const isApart = isBlank(bytes[at - 1]) && isBlank(bytes[at + 1])
  const from = skip(layer, at + 1, bytes[at] === EQUALS && !isApart)
  if ((name.apart || (isApart && bytes[at] === EQUALS)) && !reader.looksSecret(from)) return 0
  const value = reader.read(from, at, kind, name.quoted)
  for (const [begin, end] of value.parts) {
    const bare = value.bare && name.quoted
    const quote = bare ? reader.spellingOf(name.end) : ''
    const text = `${quote}${REDACTED}${quote}`
    spans.add(layer.beginOf(begin), layer.endOf(end - 1), 'name', text)
  }
  return value.end
}

interface Name {
  readonly text: string
  readonly begin: number
  /** After its last character. */
  readonly end: number
  readonly quoted: boolean
  /** It contains a blank, as in prose: `API key`. */
  readonly apart: boolean
}

function nameBefore({bytes}: Layer, at: number): Name | undefined {
  let end = at
  while (end > 0 && at - end < 4 && bytes[end - 1] === BLANK) end -= 1
  const quoted = isQuote(bytes[end - 1])
  if (quoted) end -= 1
  let begin = end
  let triple = 0
  let hot = false
  const first = Math.max(0, end - LONGEST_NAME)
  while (begin > first) {
    const byte = bytes[begin - 1] ?? 0
    if (NAME[byte] === 0) break
    begin -= 1
    triple = nextTriple(triple, byte)
    if (isHot(triple)) hot = true
  }
  if (!hot || bytes[begin - 1] === SLASH) return undefined
  const text = textOf(bytes, begin, end)
  const word = !quoted && /^key$/i.test(text) ? keyOfWhat(textOf(bytes, begin - 12, begin)) : ''
  return {text: `${word}${text}`, begin, end, quoted, apart: word !== ''}
}

/** The word before `key:`, where that makes it a secret. */
function keyOfWhat(before: string): string {
  return /(?<![a-z])(?:api|access|secret|private|license) $/i.exec(before)?.[0].trim() ?? ''
}

/** Whether a name has its usual meaning, at the place where it occurs. */
function fits(layer: Layer, reader: ValueReader, at: number, name: Name, kind: NameKind): boolean {
  const {bytes} = layer
  if (bytes[at] === COMMA) {
    // `["Authorization", "…"]`, as Node lists headers, and `["--token", "…"]`.
    const isFlag = name.text.startsWith('--')
    const isHeader = kind === 'authorization' || kind === 'cookie' || /^x-/i.test(name.text)
    return name.quoted && (isFlag || isHeader) && isInList(layer, reader, name, at)
  }
  if (kind === 'grant') return isOfGrant(layer, reader, at, name)
  if (kind !== 'parameter') return true
  if (bytes[at] === EQUALS && !name.quoted) {
    const before = bytes[name.begin - 1]
    const first = name.begin === 0 || isQuote(before) || isLineEnd(before)
    const inQuery = BEFORE_PARAMETER[before ?? 0] === 1
    if (!inQuery && !first) return false
    const value = reader.wordAt(at + 1, at)
    return (inQuery || value.next === AMPERSAND) && !STATE.test(value.text)
  }
  return (
    bytes[at] === COLON &&
    name.quoted &&
    IN_JSON.test(name.text) &&
    reader.looksRandom(skip(layer, at + 1, false))
  )
}

/** An opaque value, quoted, beside the other members of a stored login. */
function isOfGrant({bytes, length}: Layer, reader: ValueReader, at: number, name: Name): boolean {
  const from = at + (isBlank(bytes[at + 1]) ? 2 : 1)
  if (bytes[at] !== COLON || !reader.looksRandom(from)) return false
  const behind = reader.behindQuoted(from)
  const before = textOf(bytes, Math.max(0, name.begin - NEIGHBOURHOOD), name.begin)
  const after = textOf(bytes, behind, Math.min(length, behind + NEIGHBOURHOOD))
  return GRANT_MEMBER.test(before) || GRANT_MEMBER.test(after)
}

/** `token === undefined` */
function isComparison({bytes}: Layer, reader: ValueReader, at: number): boolean {
  if (bytes[at] !== EQUALS || bytes[at + 1] !== EQUALS) return false
  const next = bytes[at + 2]
  return (isBlank(next) || next === EQUALS) && reader.percentDepth(at + 1) === 0
}

/**
 * Whether a name is an entry of a list, at its start or after a comma, and the next entry is a value:
 * in an object, or in a list of names, it would be a name.
 */
function isInList(layer: Layer, reader: ValueReader, name: Name, at: number): boolean {
  const {bytes} = layer
  let before = name.begin - 2
  while (isBlank(bytes[before]) || isLineEnd(bytes[before])) before -= 1
  if (bytes[before] !== OPENING_BRACKET && bytes[before] !== COMMA) return false
  const from = skip(layer, at + 1, false)
  const behind = reader.behindQuoted(from)
  if (bytes[behind] === COLON) return false
  return behind - from > LONGEST_NAME || !HEADER_NAME.test(textOf(bytes, from + 1, behind - 1))
}

/** After a separator; a blank ends a parameter without a value. */
function skip({bytes}: Layer, from: number, isParameter: boolean): number {
  let at = from
  if (bytes[at] === GREATER && bytes[at - 1] === EQUALS) at += 1 // `=>`
  if (isParameter && at === from) return at
  const isList = bytes[from - 1] === COMMA
  while ((isBlank(bytes[at]) || (isList && isLineEnd(bytes[at]))) && at - from < 40) at += 1
  return at
}
