import {counted} from '../../domain/text/counted.js'
import {printable, printableLines} from '../../domain/text/printable.js'
import type {RunEvent} from '../../domain/run/run-event.js'

export interface Limits {
  readonly lines: number
  readonly characters: number
}

const MAX_TOOL = 60

/**
 * The text of an event, as lines without anything that could move a cursor, or hide a part of them.
 * Long texts are truncated, with a note.
 */
export function bodyLines({toolName, message, payload}: RunEvent, limits: Limits): string[] {
  const text = printableLines(message ?? payloadText(payload)).trimEnd()
  const all = text.slice(0, limits.characters).split('\n')
  const lines = all.slice(0, limits.lines).map((part) => line(part, limits.characters))
  if (all.length > limits.lines) {
    lines.push(`… ${counted(text.split('\n').length - limits.lines, 'more line')}`)
  } else if (text.length > limits.characters) {
    lines.push(`… ${counted(text.length - limits.characters, 'more character')}`)
  }
  const [first = '', ...rest] = lines
  const tool = printable(toolName ?? '', MAX_TOOL)
  return [[tool, first].filter((part) => part !== '').join(': '), ...rest]
}

/** The type of an event, printable. */
export function typeText({type}: RunEvent): string {
  return printable(type, 40)
}

/** One line, its indentation kept. */
function line(text: string, most: number): string {
  const [blanks = ''] = /^[\t ]*/.exec(text) ?? []
  const said = printable(text, most)
  return said === '' ? '' : blanks.replaceAll('\t', '  ').slice(0, 20) + said
}

/** For an event without a message: the text of its payload. */
function payloadText(payload: unknown): string {
  if (typeof payload === 'string') return payload
  if (payload === null || payload === undefined) return ''
  if (typeof payload !== 'object' || Array.isArray(payload)) return JSON.stringify(payload)
  const entries = Object.entries(payload)
  return entries
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}
