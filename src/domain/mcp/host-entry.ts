import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  modify,
  type ParseError,
  parseTree,
} from 'jsonc-parser'
import {type AgentHost, isOwnEntry} from './agent-hosts.js'
import {entryIn, hasOtherForm, tableOf, tableText} from './toml-table.js'

type Entry = Readonly<Record<string, unknown>>

/** What a host's file has of us. */
export type EntryState = 'absent' | 'edited' | 'ours' | 'same'

/** The file of a host is not what the host could read. */
export class BrokenHostFile extends Error {}

/** The file has the entry in a form that is not changed here. */
export class OtherForm extends Error {}

/**
 * @param text - of the host's file; empty where there is none
 * @throws {BrokenHostFile}, {OtherForm}
 */
export function stateOf(host: AgentHost, text: string, wanted: Entry): EntryState {
  const found = entryOf(host, text)
  if (found === undefined) return 'absent'
  if (isEqual(found, wanted)) return 'same'
  return isOwnEntry(host, found) ? 'ours' : 'edited'
}

/** The text with our entry; everything else in it is as it was. */
export function withEntry(host: AgentHost, text: string, entry: Entry): string {
  if (host.format === 'toml') return withTable(text, host.members.join('.'), entry)
  const [parent, name] = host.members
  if (text.trim() === '') return `${JSON.stringify({[parent]: {[name]: entry}}, undefined, 2)}\n`
  const tree = parseTree(text, undefined, {allowTrailingComma: true})
  const hasParent = tree !== undefined && findNodeAtLocation(tree, [parent]) !== undefined
  // Without formatting: that would lay out what is beside it, too.
  const edits = modify(text, [...host.members], entry, {})
  const lines = edits.map(({content, ...edit}) => ({
    ...edit,
    content: content.replace(/^,/, `,${lineStart(text, hasParent ? 2 : 1)}`),
  }))
  return applyEdits(text, lines)
}

/** The text without our entry. */
export function withoutEntry(host: AgentHost, text: string): string {
  if (host.format === 'toml') {
    const table = tableOf(text, host.members.join('.'))
    if (table === undefined) return text
    const before = text.slice(0, table.start)
    return `${before.replace(/\n\n$/, '\n')}${text.slice(table.end)}`
  }
  return applyEdits(text, modify(text, [...host.members], undefined, {}))
}

function entryOf(host: AgentHost, text: string): unknown {
  const name = host.members.join('.')
  if (host.format === 'toml') {
    const table = tableOf(text, name)
    if (table !== undefined) return entryIn(text.slice(table.start, table.end)) ?? 'edited'
    if (hasOtherForm(text, name)) throw new OtherForm()
    return undefined
  }
  if (text.trim() === '') return undefined
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, {allowTrailingComma: true})
  if (tree?.type !== 'object' || errors.length > 0) throw new BrokenHostFile()
  const [parent] = host.members
  const servers = findNodeAtLocation(tree, [parent])
  if (servers !== undefined && servers.type !== 'object') throw new BrokenHostFile()
  const node = findNodeAtLocation(tree, [...host.members])
  return node && (getNodeValue(node) as unknown)
}

function withTable(text: string, name: string, entry: Entry): string {
  const table = tableOf(text, name)
  if (table !== undefined) {
    const old = text.slice(table.start, table.end)
    const blanks = old.slice(old.trimEnd().length)
    const made = `${tableText(name, entry).trimEnd()}${blanks}`
    return `${text.slice(0, table.start)}${made}${text.slice(table.end)}`
  }
  const between = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n'
  return `${text}${between}${tableText(name, entry)}`
}

/** The end of a line and the blanks of the next one, as the file has them already. */
function lineStart(text: string, depth: number): string {
  const [, blanks] = /^([ \t]+)"/m.exec(text) ?? []
  if (blanks === undefined) return ''
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${blanks.repeat(depth)}`
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
