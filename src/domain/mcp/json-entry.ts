import {createScanner, getNodeValue, type Node, type ParseError, parseTree} from 'jsonc-parser'
import {BrokenHostFile, OtherForm} from './host-file-trouble.js'
import {
  blanksAt,
  blanksBefore,
  type Edit,
  edited,
  insertion,
  laidOut,
  lineBreakOf,
  unitOf,
} from './json-text.js'

// A member of a member of a JSON file with comments. Parsing and rewriting or reformatting the file
// would change its other contents, so text is inserted and removed, and nothing else is touched.

type Members = readonly [string, string]

/** @returns the value; `undefined` where there is none */
export function jsonEntry(text: string, [parent, name]: Members): unknown {
  const servers = memberOf(rootOf(text), parent)
  const found = servers && memberOf(objectAt(servers), name)
  return found && (getNodeValue(valueOf(found)) as unknown)
}

export function withJsonEntry(text: string, [parent, name]: Members, entry: object): string {
  const root = rootOf(text)
  const servers = memberOf(root, parent)
  if (servers === undefined) return inserted(text, root, parent, {[name]: entry})
  const found = memberOf(objectAt(servers), name)
  if (found === undefined) return inserted(text, objectAt(servers), name, entry)
  const {offset, length} = valueOf(found)
  const value = laidOut(text, entry, blanksBefore(text, found.offset))
  return edited(text, [{start: offset, end: offset + length, text: value}])
}

/** Also removes the parent object if nothing else is in it: its absence means the same. */
export function withoutJsonEntry(text: string, [parent, name]: Members): string {
  const root = rootOf(text)
  const servers = memberOf(root, parent)
  const found = servers && memberOf(objectAt(servers), name)
  if (servers === undefined || found === undefined) return text
  const object = objectAt(servers)
  return isAllOf(text, object, found) ? removed(text, root, servers) : removed(text, object, found)
}

/** @throws {BrokenHostFile} also where it is too deep for a parser */
function rootOf(text: string): Node {
  const errors: ParseError[] = []
  const root = treeOf(text, errors)
  if (root?.type !== 'object' || errors.length > 0) throw new BrokenHostFile()
  return root
}

function treeOf(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, {allowTrailingComma: true})
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * @throws {OtherForm} where it occurs twice: some parsers read the first one, and some the last one
 */
function memberOf({children = []}: Node, name: string): Node | undefined {
  const found = children.filter(({children: [key] = []}) => key?.value === name)
  if (found.length > 1) throw new OtherForm()
  return found[0]
}

function valueOf({children = []}: Node): Node {
  const [, value] = children
  if (value === undefined) throw new BrokenHostFile()
  return value
}

function objectAt(member: Node): Node {
  const value = valueOf(member)
  if (value.type !== 'object') throw new BrokenHostFile()
  return value
}

function inserted(text: string, object: Node, name: string, value: object): string {
  const member = (blanks: string | undefined): string =>
    `${JSON.stringify(name)}: ${laidOut(text, value, blanks)}`
  const last = object.children?.at(-1)
  const lineBreak = lineBreakOf(text)
  if (last === undefined) {
    const close = endOf(object) - 1
    const outer = blanksAt(text, object.offset)
    const inner = `${outer}${unitOf(text)}`
    const content = text.slice(object.offset + 1, close).trimEnd()
    const made = `${lineBreak}${inner}${member(inner)}${lineBreak}${outer}`
    return edited(text, [{start: object.offset + 1 + content.length, end: close, text: made}])
  }
  const blanks = blanksBefore(text, last.offset)
  const comma = commaAfter(text, endOf(last))
  const [before, point, after] =
    // with a trailing comma, the new last member gets one too
    comma === undefined ? [[insertion(endOf(last), ',')], endOf(last), ''] : [[], comma + 1, ',']
  const made = `${member(blanks)}${after}`
  if (blanks === undefined) return edited(text, [...before, insertion(point, ` ${made}`)])
  const beside = restOfLine(text, point)
  const line = `${lineBreak}${blanks}${made}`
  return edited(text, [...before, insertion(point + beside.length, line)])
}

/** A comment on the same line, which stays with it. */
function restOfLine(text: string, at: number): string {
  const rest = /^(?:[ \t]|\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)*(?=\r?\n)/
  return (rest.exec(text.slice(at)) ?? [''])[0]
}

function removed(text: string, object: Node, member: Node): string {
  if (isAllOf(text, object, member))
    return edited(text, [{start: object.offset + 1, end: endOf(object) - 1, text: ''}])
  const siblings = object.children ?? []
  const before = siblings[siblings.indexOf(member) - 1]
  let [start, end] = [member.offset, endOf(member)]
  const isOnOwnLine = blanksBefore(text, start) !== undefined
  const comma = commaAfter(text, end)
  const others: Edit[] = []
  if (comma !== undefined) {
    if (text.slice(end, comma).trim() === '') end = comma + 1
    else others.push({start: comma, end: comma + 1, text: ''})
  } else if (before !== undefined) {
    const at = commaAfter(text, endOf(before)) ?? start
    if (text.slice(at + 1, start).trim() === '' && !isOnOwnLine) start = at
    else others.push({start: at, end: at + 1, text: ''})
  }
  const isToLineEnd = /^[ \t]*(?:\r?\n|[}]|$)/.test(text.slice(end))
  if (isOnOwnLine && isToLineEnd)
    start -= (/\r?\n[ \t]*$/.exec(text.slice(0, start)) ?? [''])[0].length
  else if (comma !== undefined) end += (/^[ \t]*/.exec(text.slice(end)) ?? [''])[0].length
  return edited(text, [...others, {start, end, text: ''}])
}

/** Whether an object contains only one member, and no comment. */
function isAllOf(text: string, object: Node, member: Node): boolean {
  const [before, behind] = [text.slice(object.offset + 1, member.offset), endOf(member)]
  return /^[\s,]*$/.test(before + text.slice(behind, endOf(object) - 1))
}

/** The position of the following comma, skipping comments. */
function commaAfter(text: string, at: number): number | undefined {
  const scanner = createScanner(text, true)
  scanner.setPosition(at)
  scanner.scan()
  return text[scanner.getTokenOffset()] === ',' ? scanner.getTokenOffset() : undefined
}

function endOf({offset, length}: Node): number {
  return offset + length
}
