import {parseUrl} from '../network/addresses.js'
import {MAX_SERVERS} from '../network/answer-limits.js'
import {asRecord, asText} from '../text/json.js'
import {printable} from '../text/printable.js'

/**
 * The parts of an MCP server's definition that may be stored and shown (contract 9): no secrets.
 */
export interface McpServerEntry {
  readonly name: string
  readonly enabled: boolean
  readonly kind: 'http' | 'stdio' | 'unknown'
  /** For kind `http`: the host of its URL, with a port that is not the default one. */
  readonly host?: string
  /** For kind `stdio`: the program's base name. */
  readonly command?: string
  /** The names of the headers that are sent. */
  readonly headers: readonly string[]
  /** The names of the variables that the program gets. */
  readonly variables: readonly string[]
}

const MAX_NAMES = 50
const LONGEST_NAME = 120

// A text that does not match these forms may be a misplaced value: it is left out, not cleaned.
const HOST = /^[\w.:[\]-]{1,260}$/
const PROGRAM = /^[\w.+-]{1,80}$/
const HEADER = /^[\w!#$%&'*+.^`|~-]{1,100}$/
const VARIABLE = /^[A-Za-z_]\w{0,99}$/

/**
 * Reads definitions from the wire. Header and environment values are resolved secrets there, and
 * arguments, paths, queries and user information may contain some: none of those are read. An entry
 * without a name, or without an `enabled` state, is left out.
 */
export function parseMcpServers(values: readonly unknown[]): McpServerEntry[] {
  return read(values, (fields) => definitionOf(asRecord(fields.config) ?? {}))
}

/** Reads our copy just as strictly: another program could have written it. */
export function parseStoredMcpServers(values: readonly unknown[]): McpServerEntry[] {
  return read(values, ({kind, host, command, headers, variables}) => ({
    ...kindOf(kind, asText(host), asText(command)),
    headers: namesIn(headers, HEADER),
    variables: namesIn(variables, VARIABLE),
  }))
}

type Definition = Omit<McpServerEntry, 'enabled' | 'name'>
type Fields = Readonly<Record<string, unknown>>

function read(
  values: readonly unknown[],
  definition: (fields: Fields) => Definition,
): McpServerEntry[] {
  return values.slice(0, MAX_SERVERS).flatMap((value) => {
    const fields = asRecord(value)
    const name = printable(asText(fields?.name) ?? '', LONGEST_NAME)
    if (fields === undefined || name === '' || typeof fields.enabled !== 'boolean') return []
    return [{name, enabled: fields.enabled, ...definition(fields)}]
  })
}

function definitionOf({url, http_headers: headers, command, env}: Fields): Definition {
  const target = parseUrl(asText(url) ?? '')
  if (target !== undefined && /^https?:$/.test(target.protocol)) {
    return {
      ...kindOf('http', target.host, undefined),
      headers: namesIn(Object.keys(asRecord(headers) ?? {}), HEADER),
      variables: [],
    }
  }
  const line = url === undefined || url === null ? asText(command) : undefined
  if (line === undefined) return {kind: 'unknown', headers: [], variables: []}
  return {
    ...kindOf('stdio', undefined, programOf(line)),
    headers: [],
    variables: namesIn(Object.keys(asRecord(env) ?? {}), VARIABLE),
  }
}

function kindOf(
  kind: unknown,
  host: string | undefined,
  command: string | undefined,
): Pick<McpServerEntry, 'command' | 'host' | 'kind'> {
  if (kind === 'http') return {kind, ...(fits(host, HOST) && {host})}
  if (kind !== 'stdio') return {kind: 'unknown'}
  return {kind, ...(fits(command, PROGRAM) && {command})}
}

/**
 * The base name of a program. A text with blanks may be a path or a whole command line: of that
 * only a first word without slashes is used, which is a name in both cases.
 */
function programOf(line: string): string | undefined {
  const [first = '', ...rest] = line.trim().split(/\s+/)
  if (rest.length > 0) return /[/\\]/.test(first) ? undefined : first
  return first.split(/[/\\]/).at(-1)
}

function namesIn(values: unknown, form: RegExp): string[] {
  if (!Array.isArray(values)) return []
  return values
    .filter((value: unknown) => fits(value, form))
    .slice(0, MAX_NAMES)
    .map(String)
}

/** The text matches the form and contains no secret. */
function fits(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value) && printable(value) === value
}
