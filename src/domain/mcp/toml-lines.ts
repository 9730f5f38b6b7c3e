import {BrokenHostFile} from './host-file-trouble.js'

/** A table's header, a key with its value, or neither: a blank line, a comment. */
export interface TomlLine {
  readonly kind: 'key' | 'other' | 'table' | 'tables'
  /** For a key, its path from the root, including its table. */
  readonly path: readonly string[]
  /** For a key, its value as written, including a trailing comment. */
  readonly value: string
  readonly start: number
  /** The offset after the line break. */
  readonly end: number
}

/**
 * Strings, which may contain anything; comments; brackets, in which a line break ends nothing; line
 * breaks.
 */
const TOKEN =
  /"""(?:\\[\s\S]|[^\\])*?(?:"{3,5}|$)|'''[\s\S]*?(?:'{3,5}|$)|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|#[^\n]*|[[\]{}\n]|[^"'#[\]{}\n]+/y
const PART = /[ \t]*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([\w-]+))[ \t]*(\.?)/y

/**
 * The lines of a TOML file; a value that spans several counts as one.
 *
 * @throws {BrokenHostFile} where a line is invalid, or does not end
 */
export function tomlLines(text: string): TomlLine[] {
  const lines: TomlLine[] = []
  let table: readonly string[] = []
  for (let start = 0; start < text.length;) {
    const end = endOfLine(text, start)
    const line = lineAt(text, {start, end}, table)
    if (line.kind === 'table' || line.kind === 'tables') table = line.path
    lines.push(line)
    start = end
  }
  return lines
}

function endOfLine(text: string, start: number): number {
  let [at, depth] = [start, 0]
  while (at < text.length) {
    TOKEN.lastIndex = at
    const [token = ''] = TOKEN.exec(text) ?? []
    at = token === '' ? text.length : TOKEN.lastIndex
    if (token === '\n' && depth <= 0) break
    if (token === '[' || token === '{') depth += 1
    if (token === ']' || token === '}') depth -= 1
  }
  if (depth !== 0) throw new BrokenHostFile()
  return at
}

function lineAt(
  text: string,
  place: {readonly start: number; readonly end: number},
  table: readonly string[],
): TomlLine {
  const source = text.slice(place.start, place.end)
  const [brackets = ''] = /^\s*(?:\[\[?)?/.exec(source) ?? []
  const {path, rest} = pathIn(source.slice(brackets.length))
  const other = {...place, kind: 'other', path: [], value: ''} as const
  if (/^\s*(?:#|$)/.test(source)) return other
  if (brackets.endsWith('[') && path.length > 0)
    return {...other, kind: brackets.endsWith('[[') ? 'tables' : 'table', path}
  if (path.length === 0 || !rest.startsWith('=')) throw new BrokenHostFile()
  return {...place, kind: 'key', path: [...table, ...path], value: rest.slice(1).trim()}
}

function pathIn(source: string): {readonly path: readonly string[]; readonly rest: string} {
  const path: string[] = []
  let at = 0
  for (;;) {
    PART.lastIndex = at
    const found = PART.exec(source)
    if (found === null) return {path, rest: source.slice(at)}
    const [, quoted, literal, bare, dot] = found
    path.push(quoted ?? literal ?? bare ?? '')
    at = PART.lastIndex
    if (dot === '') return {path, rest: source.slice(at)}
  }
}
