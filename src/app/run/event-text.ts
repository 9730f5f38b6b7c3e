import type {RunEvent} from '../../domain/run/run-event.js'
import {instantOf} from '../../domain/run/run.js'
import {wrap} from '../../terminal/wrap.js'
import type {Palette} from '../../terminal/palette.js'
import {clock} from '../when.js'
import {bodyLines, type Limits, typeText} from './event-body.js'

interface EventDisplayOptions {
  readonly palette: Palette
  /** Of the terminal; `undefined` for other readers: nothing is broken. */
  readonly columns: number | undefined
}

/** Lines per event: a log keeps more than the screen. */
const LOGGED: Limits = {lines: 40, characters: 2000}
const WATCHED: Limits = {lines: 12, characters: 800}
const TYPE_COLUMN = 'tool_finished'.length
const NARROW = 60
const NARROWEST = 30
const BAD = new Set(['cancelled', 'failed'])

const MARKS = new Map([
  ['started', '●'],
  ['status_changed', '→'],
  ['tool_started', '▸'],
  ['tool_finished', '◂'],
  ['cancel_requested', '■'],
  ['cancelled', '✗'],
  ['failed', '✗'],
  ['finished', '✓'],
  ['log', ' '],
])
/**
 * Names in the service's documentation for events that its source names differently (contract 13).
 */
const ALSO = new Map([
  ['assistant_message', 'log'],
  ['stream_started', 'started'],
  ['tool_call', 'tool_started'],
  ['tool_result', 'tool_finished'],
])
// Their mark is enough; for others the name is shown too.
const NAMELESS = new Set(['log', 'tool_finished', 'tool_started'])
const FAINT = new Set(['status_changed', 'tool_finished'])

/** One event for a log: time, type and text. */
export function eventLines(event: RunEvent, {palette, columns}: EventDisplayOptions): string[] {
  const type = typeText(event)
  const paint = paintOf(event.type, palette)
  const body = bodyLines(event, LOGGED)
  const time = timeText(event)
  if (columns !== undefined && columns < NARROW) {
    const head = `${palette.faint(time)}  ${paint(type)}`
    return [head, ...below('  ', body, columns)]
  }
  const indent = ' '.repeat(time.length + 2 + TYPE_COLUMN + 2)
  const [first = '', ...more] = below(indent, body, columns)
  const head = `${palette.faint(time)}  ${paint(type.padEnd(TYPE_COLUMN))}  `
  return [`${head}${first.slice(indent.length)}`.trimEnd(), ...more]
}

/** One event for people who watch: time, a mark for its type, and text. */
export function watchedLines(event: RunEvent, {palette, columns}: EventDisplayOptions): string[] {
  const kind = kindOf(event)
  const mark = MARKS.get(kind) ?? '·'
  const name = NAMELESS.has(kind) ? '' : typeText(event)
  const [said = '', ...others] = bodyLines(event, WATCHED)
  const body = [[name, said].filter((part) => part !== '').join(': '), ...others]
  const hasRoom = columns === undefined || columns >= NARROWEST
  const time = hasRoom ? `${timeText(event)}  ` : ''
  const indent = ' '.repeat(time.length + 2)
  const [first = '', ...more] = below(indent, body, columns)
  const paint = paintOf(event.type, palette)
  const text = first.slice(indent.length)
  const head = `${palette.faint(time)}${paint(mark)} `
  if (!FAINT.has(kind)) return [`${head}${text}`.trimEnd(), ...more]
  return [`${head}${palette.faint(text)}`.trimEnd(), ...more.map((line) => palette.faint(line))]
}

/** What the agent has been doing since this event, in a few words; `undefined` when unknown. */
export function eventDigest(event: RunEvent): string | undefined {
  const kind = kindOf(event)
  if (kind === 'tool_finished') return 'thinking'
  if (kind !== 'tool_started' && kind !== 'log') return undefined
  const [first = ''] = bodyLines(event, WATCHED)
  return first === '' ? undefined : first
}

function below(indent: string, lines: readonly string[], columns: number | undefined): string[] {
  const room = columns === undefined ? undefined : Math.max(9, columns - indent.length)
  return wrap(lines.join('\n'), room)
    .split('\n')
    .map((line) => `${indent}${line}`.trimEnd())
}

function kindOf({type}: RunEvent): string {
  return ALSO.get(type) ?? type
}

function paintOf(type: string, palette: Palette): (text: string) => string {
  if (BAD.has(type)) return (text) => palette.bad(text)
  return type === 'finished' ? (text) => palette.good(text) : (text) => palette.command(text)
}

function timeText({createdAt}: RunEvent): string {
  const instant = instantOf(createdAt)
  return instant === undefined ? '--:--:--' : clock(instant)
}
