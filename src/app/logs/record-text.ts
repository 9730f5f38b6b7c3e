// The format of a log line: the time, the event, then its fields. The contents of a file are
// untrusted: nothing in it can move a cursor.
import {instantOf} from '../../domain/text/instants.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'
import type {Palette} from '../../terminal/palette.js'
import {clock} from '../when.js'

const LONGEST = 2000

/** One record for people: one line, and one more for each line of a stack. */
export function recordText(line: string, palette: Palette): string {
  const record = asRecord(parseJson(line))
  if (record === undefined) return palette.faint(printable(line, LONGEST))
  const {time, level, event, session: _session, stack, ...fields} = record
  const name = printable(asText(event) ?? '?', 60)
  const parts = Object.entries(fields).map(
    ([field, value]) => `${palette.faint(`${printable(field, 60)}=`)}${valueText(value)}`,
  )
  const first = [
    palette.faint(timeText(time)),
    level === 'error' ? palette.bad(name) : palette.strong(name),
    ...parts,
  ].join(' ')
  return [first, ...stackLines(stack).map((text) => palette.faint(`  ${text}`))].join('\n')
}

function timeText(time: unknown): string {
  const instant = instantOf(time)
  if (instant === undefined) return '--:--:--.---'
  return `${clock(instant)}.${String(instant.getMilliseconds()).padStart(3, '0')}`
}

/** A word unchanged; anything else as JSON, so that its end is visible. */
function valueText(value: unknown): string {
  const isWord = typeof value === 'string' && /^[^\s"]+$/.test(value)
  return printable(isWord ? value : JSON.stringify(value), LONGEST)
}

function stackLines(stack: unknown): string[] {
  if (stack === undefined) return []
  const text = typeof stack === 'string' ? stack : JSON.stringify(stack)
  return text.split('\n', 200).map((line) => printable(line, 500))
}
