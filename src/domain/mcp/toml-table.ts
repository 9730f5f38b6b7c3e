import {OtherForm} from './host-file-trouble.js'
import {type TomlLine, tomlLines} from './toml-lines.js'

type TableName = readonly [string, string]

interface TomlTable {
  readonly start: number
  /** After its last key: a comment below that belongs to the next table. */
  readonly end: number
  readonly lines: readonly TomlLine[]
}

/**
 * A table of a TOML file, with the tables below it; `undefined` where there is none.
 *
 * @throws {OtherForm} where it is also defined elsewhere, or in another form, such as
 *   `mcp_servers.mogplex = {…}`, or where no such table can be added
 */
export function tableOf(text: string, name: TableName): TomlTable | undefined {
  const lines = tomlLines(text)
  const isOwn = ({path}: TomlLine): boolean => name.every((part, index) => path[index] === part)
  const own = lines.filter(isOwn)
  const [first] = own
  const last = own.at(-1)
  if (first === undefined || last === undefined) {
    const isTaken = lines.some(
      ({kind, path}) => kind !== 'table' && path.length === 1 && path[0] === name[0],
    )
    if (isTaken) throw new OtherForm()
    return undefined
  }
  const all = lines.slice(lines.indexOf(first), lines.indexOf(last) + 1)
  const headers = own.filter(({kind, path}) => kind === 'table' && path.length === name.length)
  const isWhole = first.kind === 'table' && headers.length === 1 && headers[0] === first
  if (!isWhole || all.some((line) => line.kind !== 'other' && !isOwn(line))) throw new OtherForm()
  return {start: first.start, end: last.end, lines: all}
}

/** The text with a table replaced, or added at its end. */
export function withTable(
  text: string,
  name: TableName,
  entry: Readonly<Record<string, unknown>>,
): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  const made = tableText(name, entry).replaceAll('\n', lineBreak)
  const table = tableOf(text, name)
  if (table !== undefined) return `${text.slice(0, table.start)}${made}${text.slice(table.end)}`
  const isEnded = text === '' || text.endsWith('\n')
  const between = `${isEnded ? '' : lineBreak}${text === '' ? '' : lineBreak}`
  return `${text}${between}${made}`
}

/** The text without a table, and without the blank line before it. */
export function withoutTable(text: string, name: TableName): string {
  const table = tableOf(text, name)
  if (table === undefined) return text
  const [before, after] = [text.slice(0, table.start), text.slice(table.end)]
  return before === ''
    ? after.replace(/^\r?\n/, '')
    : `${before.replace(/(\n)\r?\n$/, '$1')}${after}`
}

/** The entry in a table, if it has the form that {@link withTable} writes. */
export function entryIn({lines}: TomlTable): Record<string, unknown> | undefined {
  const [, ...keys] = lines
  if (keys.some(({kind, path}) => kind !== 'key' || path.length !== 3)) return undefined
  try {
    return Object.fromEntries(
      keys.map(({path, value}) => [path[2] ?? '', JSON.parse(value) as unknown]),
    )
  } catch {
    return undefined
  }
}

function tableText(name: TableName, entry: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(entry).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
  return `[${name.join('.')}]\n${lines.join('\n')}\n`
}
