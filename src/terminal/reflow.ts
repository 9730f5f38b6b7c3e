import type {Environment} from '../domain/settings/environment.js'
import {widthOf} from './cell-width.js'

interface Cursor {
  readonly row: number
  readonly before: string
}

/** Rows from top to bottom, none wider than the terminal, and the cursor position. */
export interface Frame {
  readonly rows: readonly string[]
  /**
   * Its row, and the text before it on that row: writing that again moves the cursor there. Absent
   * where nobody types: then the cursor is hidden, after the last row.
   */
  readonly cursor?: Cursor
  readonly columns: number
}

/**
 * What a terminal does with rows that are too wide when its window gets narrower: `breaks` them and
 * moves the cursor along, as nearly all do; `cuts` them off, as xterm and GNU screen do; or
 * `shifts` the cursor for each row that it breaks, even below, as xterm.js does.
 */
export type Reflow = 'breaks' | 'cuts' | 'shifts'

export function reflowOf(env: Environment): Reflow {
  const isScreen = env.STY !== undefined && env.TMUX === undefined
  if (env.XTERM_VERSION !== undefined || isScreen) return 'cuts'
  return env.TERM_PROGRAM === 'vscode' && env.TMUX === undefined ? 'shifts' : 'breaks'
}

/** How many rows above the cursor a frame starts, in a window that now has so many columns. */
export function rowsAboveCursor(frame: Frame, now: number, reflow: Reflow): number {
  const {rows, columns} = frame
  const cursor = cursorOf(frame)
  if (now >= columns || reflow === 'cuts') return cursor.row
  const more = rows.map((row) => Math.max(0, Math.ceil(widthOf(row) / now) - 1))
  const above = cursor.row + sum(more.slice(0, cursor.row))
  if (reflow === 'breaks') return above + Math.floor(widthOf(cursor.before) / now)
  const below = sum(more.slice(cursor.row + 1))
  // The row of the cursor is not broken, unless the cursor was shifted away from it.
  return above + below + (below > 0 ? (more[cursor.row] ?? 0) : 0)
}

/** The cursor position, visible or not. */
export function cursorOf({rows, cursor}: Frame): Cursor {
  return cursor ?? {row: rows.length - 1, before: rows.at(-1) ?? ''}
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
