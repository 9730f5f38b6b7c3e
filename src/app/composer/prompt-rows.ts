import type {Editor} from '../../domain/editor/editor.js'
import {type Measure, type Row, rowAt, rowsOf} from '../../domain/editor/rows.js'
import type {Palette} from '../../terminal/palette.js'
import {cut, TAB, widthOfGrapheme} from '../../terminal/cell-width.js'

const MARK = '› '
const INDENT = '  '
/** The placeholder where nothing is typed. */
export const PLACEHOLDER = 'Ask anything'
const ROOM_FOR_CURSOR = 1
const MAX_ENTERED = 20
const MAX_KNOWN = 20_000

let measure = newMeasure(1)

interface Prompt {
  readonly editor: Editor
  readonly isAnswering: boolean
}

interface PromptRows {
  readonly rows: readonly string[]
  readonly cursor: {readonly row: number; readonly before: string}
  /** The first visible row. */
  readonly top: number
  /** How many rows are hidden. */
  readonly hidden: number
}

/** How the typed text is measured in a terminal of this width. */
export function measureFor(columns: number): Measure {
  const room = Math.max(1, columns - MARK.length - ROOM_FOR_CURSOR)
  if (measure.columns !== room || measure.known.size > MAX_KNOWN) measure = newMeasure(room)
  return measure
}

function newMeasure(columns: number): Required<Measure> {
  return {columns, widthOf: widthOfGrapheme, known: new Map()}
}

/** The typed text: at most so many rows of it, those around the cursor. */
export function promptRows(
  {editor, isAnswering}: Prompt,
  columns: number,
  most: number,
  palette: Palette,
  top: number,
): PromptRows {
  const {text, cursor} = editor
  const all = rowsOf(text, measureFor(columns))
  const current = rowAt(all, cursor)
  const first = Math.max(Math.min(top, current, Math.max(0, all.length - most)), current - most + 1)
  const mark = isAnswering ? palette.faint(MARK) : palette.strong(MARK)
  const lead = (index: number): string => (index === 0 ? mark : INDENT)
  const shown = all.slice(first, first + most)
  const rows = shown.map((row, index) => lead(first + index) + rowText(text, row))
  const before = rowText(text, {start: all[current]?.start ?? 0, end: cursor})
  const placeholder = palette.faint(cut(PLACEHOLDER, columns - MARK.length - 1))
  return {
    rows: text === '' ? [mark + placeholder] : rows,
    cursor: {row: current - first, before: lead(current) + before},
    top: first,
    hidden: all.length - shown.length,
  }
}

/** An entered line, as it stays on the screen. */
export function enteredRows(text: string, columns: number, palette: Palette): readonly string[] {
  const rows = rowsOf(text, measureFor(columns))
  const shown = rows.length > MAX_ENTERED ? rows.slice(0, MAX_ENTERED - 1) : rows
  const lines = shown.map((row, index) =>
    palette.strong((index === 0 ? MARK : INDENT) + rowText(text, row)),
  )
  const more = rows.length - shown.length
  return more > 0 ? [...lines, palette.faint(`${INDENT}and ${more} more lines`)] : lines
}

function rowText(text: string, {start, end}: Row): string {
  return text.slice(start, end).replaceAll('\t', TAB)
}
