import type {Editor} from '../../domain/editor/editor.js'
import {cut, widthOf} from '../../terminal/cell-width.js'
import type {Palette} from '../../terminal/palette.js'
import {broken} from '../../terminal/wrap.js'
import type {Frame} from '../../terminal/reflow.js'
import {footerRow} from './footer-row.js'
import {keyRows} from './key-rows.js'
import {menuRows} from './menu-rows.js'
import {promptRows} from './prompt-rows.js'

/** The contents of the composer, at any size of the terminal. */
export interface View {
  /** The incomplete last line of the answer. */
  readonly open: string
  /** The row directly above is blank: a second blank row would be too many. */
  readonly isBelowBlank: boolean
  readonly header: readonly string[]
  readonly queue: readonly string[]
  readonly editor: Editor
  /** The hint after the last key. */
  readonly hint: string | undefined
  readonly isAnswering: boolean
  /** `?` was typed on an empty line. */
  readonly showsKeys?: boolean
  /** Its duration so far; `undefined` where the terminal does not show it. */
  readonly elapsedMs?: number | undefined
  readonly unicode?: boolean
  /** The operation in progress, such as `Answering`. */
  readonly doing: string
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** The composer, ready to draw. */
export interface ComposerFrame extends Required<Frame> {
  /** The first visible row of the typed text, to be passed in the next time. */
  readonly top: number
}

const ROOMY = 12
const SMALL = 7
const MAX_PROMPT_ROWS = 10
const MAX_OPEN_ROWS = 8
const MAX_QUEUE_ROWS = 3
const MAX_HEADER_ROWS = 3
const BETWEEN_PARTS = ' · '
/** In a low terminal; otherwise half of its rows, which is enough for all our commands. */
const FEW_MENU_ROWS = 7

/** Lays out the composer: header, the typed text between two rules, and hints. */
export function frameOf(view: View, size: Size, palette: Palette, top: number): ComposerFrame {
  const {columns, rows} = size
  const isRoomy = rows >= ROOMY
  const isSmall = rows < SMALL
  const rule = isRoomy ? [palette.faint('─'.repeat(columns))] : []
  const above = [
    ...(isRoomy && (view.open !== '' || !view.isBelowBlank) ? [''] : []),
    ...(isRoomy ? queueRows(view.queue, columns, palette) : []),
    ...(isSmall ? [] : headerRows(view.header, columns, palette)),
    ...rule,
  ]
  const room = rows - above.length - rule.length - (isSmall ? 0 : 1)
  const most = Math.max(1, Math.min(MAX_PROMPT_ROWS, Math.floor(rows / 3), room))
  const prompt = promptRows(view, columns, most, palette, top)
  const left = room - prompt.rows.length
  const open = openRows(view.open, columns, Math.min(MAX_OPEN_ROWS, left))
  const below = Math.min(maxMenuRows(rows), left - open.length + (isSmall ? 0 : 1))
  const menu =
    view.showsKeys === true
      ? keyRows(columns, Math.max(0, below), palette)
      : menuRows(view.editor.menu, columns, below, palette)
  const footer = isSmall ? [] : [footerRow(view, prompt.hidden, columns, palette)]
  return {
    rows: [...open, ...above, ...prompt.rows, ...rule, ...(menu.length > 0 ? menu : footer)],
    cursor: {row: open.length + above.length + prompt.cursor.row, before: prompt.cursor.before},
    columns,
    top: prompt.top,
  }
}

function maxMenuRows(rows: number): number {
  return Math.max(FEW_MENU_ROWS, Math.floor(rows / 2))
}

/** The end of the line, in as many rows as it needs, up to the limit. */
function openRows(open: string, columns: number, most: number): string[] {
  return open === '' || most < 1 ? [] : broken(open.trimEnd(), columns - 1).slice(-most)
}

/** Lines entered during an answer, waiting for their turn. */
function queueRows(queue: readonly string[], columns: number, palette: Palette): readonly string[] {
  const shown = queue.length > MAX_QUEUE_ROWS ? queue.slice(0, MAX_QUEUE_ROWS - 1) : queue
  const rows = shown.map((text) => `› ${text.replaceAll(/\s+/g, ' ')}`)
  const more = queue.length - shown.length
  return [...rows, ...(more > 0 ? [`  and ${more} more`] : [])].map((row) =>
    palette.faint(cut(row, columns - 1)),
  )
}

/**
 * The account, the model and the payer, on one row where they fit, otherwise broken between them.
 */
function headerRows(
  parts: readonly string[],
  columns: number,
  palette: Palette,
): readonly string[] {
  const rows: string[] = []
  for (const part of parts.filter((text) => text !== '')) {
    const last = rows.at(-1)
    const longer = last === undefined ? part : `${last}${BETWEEN_PARTS}${part}`
    const starts = widthOf(longer) >= columns && rows.length < MAX_HEADER_ROWS
    if (last === undefined || starts) rows.push(part)
    else rows[rows.length - 1] = longer
  }
  return rows.map((row) => palette.faint(cut(row, columns - 1)))
}
