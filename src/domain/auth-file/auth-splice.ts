import {createScanner} from 'jsonc-parser'
import {asRecord, parseJson} from '../text/json.js'

/*
 * Changes single members of a JSON object as text. Parsing and serialising again would damage
 * members that belong to other programs: big integers, `1e400`, `1.0`, escapes, order, duplicate
 * keys, `__proto__`; and both recurse. So the text is scanned in one loop, and every other member
 * survives byte for byte. Only the write path imports this file, because it loads a parser.
 */

interface Member {
  readonly name: string
  readonly start: number
  readonly valueStart: number
  readonly end: number
}

/**
 * The source text of a member's value; of duplicates the last one, because that is the one that
 * counts.
 */
export function memberText(text: string, key: string): string | undefined {
  return memberTexts(text, key).at(-1)
}

/** The source texts of the values of all members of that name, in file order. */
export function memberTexts(text: string, key: string): string[] {
  return membersOf(text)
    .filter(({name}) => name === key)
    .map((member) => text.slice(member.valueStart, member.end))
}

/**
 * The text with a member set: in its old place, otherwise at the end. Duplicates of it become one.
 *
 * @param value - any JSON value; parts of it that are `undefined` are left out
 * @throws {Error} when the text, or the result, is not one JSON object
 */
export function withMember(text: string, key: string, value: unknown): string {
  return withValue(withLastOnly(text, key), key, jsonOf(value, text, 1), 1)
}

/**
 * The text with fields set inside a member that is an object, and removed where the value is
 * `undefined`. Other fields of the member survive byte for byte, and so do duplicates of the
 * member: an earlier duplicate may belong to another program.
 *
 * @throws {Error} as {@link withMember} does, and when the member is not an object
 */
export function withFields(text: string, key: string, fields: object): string {
  let member = memberText(text, key) ?? '{}'
  for (const [field, value] of Object.entries(fields)) {
    member =
      value === undefined
        ? withoutMember(member, field)
        : withValue(withLastOnly(member, field), field, jsonOf(value, text, 2), 2)
  }
  return withValue(text, key, member, 1)
}

/**
 * The text without a member; the same text when the member is absent.
 *
 * @param goes - decides which of several members of that name are removed, by their source text
 * @throws {Error} as {@link withMember} does
 */
export function withoutMember(
  text: string,
  key: string,
  goes: (valueText: string, isLast: boolean) => boolean = () => true,
): string {
  const members = membersOf(text)
  const last = members.findLast(({name}) => name === key)
  const kept = members.filter(
    (member) =>
      member.name !== key || !goes(text.slice(member.valueStart, member.end), member === last),
  )
  return kept.length === members.length ? text : proven(reduced(text, members, new Set(kept)))
}

function withLastOnly(text: string, key: string): string {
  return withoutMember(text, key, (_, isLast) => !isLast)
}

/**
 * The text with the last member of that name replaced, or a new one added at the end.
 *
 * @param depth - the indentation of the object's members, in steps of two spaces
 */
function withValue(text: string, key: string, value: string, depth: number): string {
  const members = membersOf(text)
  const old = members.findLast(({name}) => name === key)
  return proven(
    old === undefined
      ? appended(text, members.at(-1), `${JSON.stringify(key)}: ${value}`, depth)
      : text.slice(0, old.valueStart) + value + text.slice(old.end),
  )
}

function appended(text: string, last: Member | undefined, member: string, depth: number): string {
  const lineBreak = lineBreakOf(text)
  const point = last?.end ?? text.indexOf('{') + 1
  const close = text.indexOf('}', point)
  const ownLine = last !== undefined && text.slice(point, close).includes('\n')
  const tail = ownLine ? text.slice(point) : lineBreak + indentation(depth - 1) + text.slice(close)
  const comma = last === undefined ? '' : ','
  return text.slice(0, point) + comma + lineBreak + indentation(depth) + member + tail
}

/**
 * Each kept member keeps the text before it; the first one gets the text before the original first
 * one.
 */
function reduced(text: string, members: readonly Member[], kept: ReadonlySet<Member>): string {
  if (kept.size === 0) {
    return text.slice(0, text.indexOf('{') + 1) + text.slice(text.lastIndexOf('}'))
  }
  const pieces = [text.slice(0, members[0]?.start)]
  let previousEnd = 0
  for (const member of members) {
    if (kept.has(member)) {
      if (pieces.length > 1) pieces.push(text.slice(previousEnd, member.start))
      pieces.push(text.slice(member.start, member.end))
    }
    previousEnd = member.end
  }
  return pieces.join('') + text.slice(previousEnd)
}

function membersOf(text: string): Member[] {
  proven(text) // the loop below relies on the order being valid
  const scanner = createScanner(text, true)
  const members: Member[] = []
  let key: {name: string; start: number} | undefined
  let valueStart: number | undefined
  let end = 0
  let depth = 0
  for (;;) {
    scanner.scan()
    const start = scanner.getTokenOffset()
    const first = text[start]
    if (first === undefined) return members
    const closes = first === '}' || first === ']'
    if (depth === 1 && (closes || first === ',')) {
      if (key !== undefined && valueStart !== undefined) members.push({...key, valueStart, end})
      key = undefined
      valueStart = undefined
    } else if (depth === 1 && key === undefined) {
      key = {name: scanner.getTokenValue(), start}
    } else if (depth === 1 && first !== ':') {
      valueStart ??= start
    }
    if (closes) depth -= 1
    if (first === '{' || first === '[') depth += 1
    end = scanner.getPosition()
  }
}

/** Refuses to write a file that could not be read again. */
function proven(text: string): string {
  // A byte order mark is removed when the file is read, so nothing here skips one.
  if (!text.startsWith('\uFEFF') && asRecord(parseJson(text)) !== undefined) return text
  throw new Error('The text of the auth file is not one JSON object.')
}

function jsonOf(value: unknown, text: string, depth: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', lineBreakOf(text) + indentation(depth))
}

function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function indentation(depth: number): string {
  return '  '.repeat(depth)
}
