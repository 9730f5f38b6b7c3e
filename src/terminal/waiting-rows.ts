import {cut, widthOf} from './cell-width.js'
import type {Palette} from './palette.js'
import type {Frame} from './reflow.js'
import {spinnerAt} from './spinner.js'
import {rowsOf} from './wrap.js'

/** What is awaited, and the possible actions meanwhile. */
export interface Waiting {
  readonly doing: string
  /** The label of a field, whose text is never shown. */
  readonly field?: string | undefined
  /** Why the entered text was refused, or another problem. */
  readonly problem?: string | undefined
  /** The help for keys. */
  readonly hint?: string | undefined
  /** When the wait ends, by the clock of `performance.now`. */
  readonly until?: number | undefined
}

interface WaitingState extends Omit<Waiting, 'until'> {
  readonly elapsedMs: number
  readonly leftMs: number | undefined
  /** The number of characters in the field. */
  readonly entered: number
}

interface Look {
  readonly columns: number
  readonly rows: number
  readonly palette: Palette
  readonly unicode: boolean
}

const INDENT = '  '
/** The maximum width of the field. */
const WIDEST_MASK = 20

/** A spinner and the remaining time, the problem, a field, and the help for keys. */
export function waitingFrame(state: WaitingState, look: Look): Frame {
  const {doing, problem, field, hint, entered, elapsedMs, leftMs} = state
  const {columns, rows: height, palette, unicode} = look
  const room = Math.max(1, columns - 1 - INDENT.length)
  const indented = (text: string): string[] => rowsOf(text, room).map((row) => INDENT + row)
  const left = leftMs === undefined ? '' : ` · ${timeText(leftMs)} left`
  const head = [
    `${palette.command(spinnerAt(elapsedMs, unicode))} ${cut(doing, room - widthOf(left))}${left}`,
    ...(problem === undefined ? [] : indented(problem).map((row) => palette.bad(row))),
  ]
  const foot = hint === undefined ? [] : indented(hint).map((row) => palette.faint(row))
  if (field === undefined) return {rows: fitting([...head, ...foot], height), columns}
  const label = `${INDENT}${field} › `
  const isOnOneRow = widthOf(label) + WIDEST_MASK < columns
  const labels = isOnOneRow ? [] : indented(field)
  const before = `${isOnOneRow ? label : `${INDENT}› `}${cut(maskOf(entered), room - 2)}`
  const above = fitting([...head, ...labels], height - 1)
  const below = above.length + 1 + foot.length < height ? foot : []
  return {
    rows: [...above, before, ...below],
    cursor: {row: above.length, before},
    columns,
  }
}

/** In a low terminal the first rows matter most. */
function fitting(rows: readonly string[], height: number): string[] {
  return rows.slice(0, Math.max(1, height - 1))
}

function maskOf(characters: number): string {
  if (characters === 0) return ''
  return `•••• ${characters} character${characters === 1 ? '' : 's'}`
}

/** Minutes and seconds: `4:59`. */
function timeText(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
