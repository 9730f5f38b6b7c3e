import {printable} from '../../domain/printable.js'
import type {RunEvent} from '../../domain/run/run-event.js'

const MOST_CHARACTERS = 2000
const MOST_LINES = 40
const MOST_TOOL = 60
const LINE_ENDS = /\r\n|[\n\r\u0085\u2028\u2029]/

/**
 * What an event says, as lines without anything that could move a cursor, or hide a part of them.
 * What is long is cut, and says so.
 */
export function bodyLines({toolName, message, payload}: RunEvent): string[] {
  const text = message ?? payloadText(payload)
  const all = text.slice(0, MOST_CHARACTERS).split(LINE_ENDS).map(line)
  while (all.length > 0 && all.at(-1) === '') all.pop()
  const lines = all.slice(0, MOST_LINES)
  const more = [
    ...(all.length > MOST_LINES ? [`${all.length - MOST_LINES} more lines`] : []),
    ...(text.length > MOST_CHARACTERS ? [charactersText(text.length - MOST_CHARACTERS)] : []),
  ]
  if (more.length > 0) lines.push(`… ${more.join(', ')}`)
  const [first = '', ...rest] = lines
  const tool = printable(toolName ?? '', MOST_TOOL)
  return [[tool, first].filter((part) => part !== '').join(': '), ...rest]
}

/** The type of an event, printable. */
export function typeText({type}: RunEvent): string {
  return printable(type, 40)
}

/** One line, its indentation kept. */
function line(text: string): string {
  const [blanks = ''] = /^[\t ]*/.exec(text) ?? []
  const said = printable(text, MOST_CHARACTERS)
  return said === '' ? '' : blanks.replaceAll('\t', '  ').slice(0, 20) + said
}

/** Of an event without a message: what its payload says. */
function payloadText(payload: unknown): string {
  if (typeof payload === 'string') return payload
  if (typeof payload !== 'object' || payload === null) return JSON.stringify(payload)
  const entries = Object.entries(payload)
  return entries
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}

function charactersText(count: number): string {
  return `${count.toLocaleString('en-US')} more characters`
}
