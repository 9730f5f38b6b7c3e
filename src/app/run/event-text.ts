import {printable} from '../../domain/printable.js'
import type {RunEvent} from '../../domain/run/run-event.js'
import type {Palette} from '../palette.js'

const MOST_CHARACTERS = 2000
const MOST_LINES = 40
const TYPE_COLUMN = 'tool_finished'.length
const BAD = new Set(['cancelled', 'failed'])

/**
 * One event as lines for people. Text of the server is shown without anything that could move a
 * cursor, or hide a part of it; what is long is cut, and says so.
 */
export function eventLines(event: RunEvent, palette: Palette): string[] {
  const type = printable(event.type, 40)
  const paint = typeColour(type, palette)
  const [first = '', ...more] = bodyLines(event)
  const head = `${palette.faint(timeText(event.createdAt))}  ${paint(type.padEnd(TYPE_COLUMN))}`
  const indent = ' '.repeat('00:00:00'.length + 2 + TYPE_COLUMN + 2)
  return [`${head}  ${first}`.trimEnd(), ...more.map((line) => `${indent}${line}`.trimEnd())]
}

/** What the agent does, in a few words: for a status line. */
export function eventDigest(event: RunEvent): string {
  const [first = ''] = bodyLines(event)
  return first === '' ? printable(event.type, 40) : first
}

function bodyLines({toolName, message, payload}: RunEvent): string[] {
  const tool = printable(toolName ?? '', 60)
  const text = message ?? payloadText(payload)
  const cut = text.slice(0, MOST_CHARACTERS)
  const all = cut
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => (/^[\t ]*/.exec(line)?.[0] ?? '').replaceAll('\t', '  ') + printable(line, 5000))
  while (all.length > 0 && all.at(-1)?.trim() === '') all.pop()
  const lines = all.slice(0, MOST_LINES)
  if (all.length > MOST_LINES) lines.push(`… ${all.length - MOST_LINES} more lines`)
  if (text.length > MOST_CHARACTERS) {
    lines.push(`… ${(text.length - MOST_CHARACTERS).toLocaleString('en-US')} more characters`)
  }
  const [first = '', ...more] = lines
  return [[tool, first].filter((part) => part !== '').join(': '), ...more]
}

/** Of an event without a message: what its payload says. */
function payloadText(payload: RunEvent['payload']): string {
  const entries = Object.entries(payload)
  const [only] = entries
  if (only === undefined) return ''
  if (entries.length === 1 && typeof only[1] === 'string') return only[1]
  return JSON.stringify(payload)
}

function typeColour(type: string, palette: Palette): (text: string) => string {
  if (BAD.has(type)) return (text) => palette.bad(text)
  return type === 'finished' ? (text) => palette.good(text) : (text) => palette.command(text)
}

function timeText(instant: Date | undefined): string {
  if (instant === undefined) return '--:--:--'
  return [instant.getHours(), instant.getMinutes(), instant.getSeconds()]
    .map((number) => String(number).padStart(2, '0'))
    .join(':')
}
