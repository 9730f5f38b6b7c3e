import {type AgentHost, isOwnEntry} from './agent-hosts.js'
import {jsonEntry, withJsonEntry, withoutJsonEntry} from './json-entry.js'
import {entryIn, tableOf, withoutTable, withTable} from './toml-table.js'

type Entry = Readonly<Record<string, unknown>>

/** Our entry in a host's file. */
export type EntryState = 'absent' | 'edited' | 'ours' | 'same'

const BYTE_ORDER_MARK = '\uFEFF'

/**
 * @param text - the host's file; empty where it does not exist
 * @throws {BrokenHostFile}, {OtherForm}
 */
export function stateOf(host: AgentHost, text: string, wanted: Entry): EntryState {
  const found = entryOf(host, markedApart(text).rest)
  if (found === undefined) return 'absent'
  if (isEqual(found, wanted)) return 'same'
  return isOwnEntry(host, found) ? 'ours' : 'edited'
}

/** The text with our entry; everything else in it stays unchanged. */
export function withEntry({format, members}: AgentHost, text: string, entry: Entry): string {
  const {mark, rest} = markedApart(text)
  if (format === 'toml') return mark + withTable(rest, members, entry)
  if (rest.trim() !== '') return mark + withJsonEntry(rest, members, entry)
  const [parent, name] = members
  return `${mark}${JSON.stringify({[parent]: {[name]: entry}}, undefined, 2)}\n`
}

/** The text without our entry. */
export function withoutEntry({format, members}: AgentHost, text: string): string {
  const {mark, rest} = markedApart(text)
  return mark + (format === 'toml' ? withoutTable : withoutJsonEntry)(rest, members)
}

function entryOf({format, members}: AgentHost, text: string): unknown {
  if (format === 'json')
    return text.trim() === '' ? undefined : withoutEmptyEnv(jsonEntry(text, members))
  const table = tableOf(text, members)
  return table && (entryIn(table) ?? 'edited')
}

/** `claude mcp add` writes one into each entry. */
function withoutEmptyEnv(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || !('env' in entry)) return entry
  const {env, ...rest} = entry
  return JSON.stringify(env) === '{}' ? rest : entry
}

function markedApart(text: string): {readonly mark: string; readonly rest: string} {
  return text.startsWith(BYTE_ORDER_MARK)
    ? {mark: BYTE_ORDER_MARK, rest: text.slice(1)}
    : {mark: '', rest: text}
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
