import {graphemesOf, lineEnd, lineStart} from './graphemes.js'

/**
 * The width available for the text, and the width of a grapheme, both in columns of the terminal.
 */
export interface Measure {
  readonly columns: number
  readonly widthOf: (grapheme: string) => number
  /** Cached row ends of each line: a key press changes only one line. */
  readonly known?: Map<string, readonly number[]>
}

/** A part of a text on one row, as offsets; line feeds are not included. */
export interface Row {
  readonly start: number
  readonly end: number
}

const NARROW = /^[\x20-\x7E]*$/

/** All rows of a text: at least one per line. */
export function rowsOf(text: string, measure: Measure): Row[] {
  const rows: Row[] = []
  for (let start = 0; start <= text.length;) {
    const end = lineEnd(text, start)
    rows.push(...rowsOfLine(text.slice(start, end), start, measure))
    start = end + 1
  }
  return rows
}

/** The row of the cursor; between two rows of a line, the second one. */
export function rowAt(rows: readonly Row[], cursor: number): number {
  const next = rows.findIndex(({start}) => start > cursor)
  return (next === -1 ? rows.length : next) - 1
}

/** The width of the text from the start of its row to the cursor. */
export function columnOf(text: string, {start}: Row, cursor: number, measure: Measure): number {
  return widthOfAll(graphemesOf(text.slice(start, cursor)), measure)
}

/**
 * The offset one row above or below, as near to the wanted column as possible; `undefined` where
 * there is no such row.
 */
export function verticalTarget(
  {text, cursor}: {readonly text: string; readonly cursor: number},
  step: -1 | 1,
  wanted: number,
  measure: Measure,
): number | undefined {
  const start = lineStart(text, cursor)
  const end = lineEnd(text, cursor)
  const here = rowsOfLine(text.slice(start, end), start, measure)
  const index = rowAt(here, cursor)
  const sameLine = here[index + step]
  if (sameLine !== undefined) return offsetAt(text, sameLine, wanted, measure)
  if (step === -1 ? start === 0 : end === text.length) return undefined
  const other = step === -1 ? lineStart(text, start - 1) : end + 1
  const line = text.slice(other, lineEnd(text, other))
  const row = rowsOfLine(line, other, measure).at(step === -1 ? -1 : 0)
  return row === undefined ? undefined : offsetAt(text, row, wanted, measure)
}

function rowsOfLine(line: string, offset: number, measure: Measure): Row[] {
  if (line.length <= measure.columns && NARROW.test(line)) {
    return [{start: offset, end: offset + line.length}]
  }
  const ends = measure.known?.get(line) ?? rowEnds(line, measure)
  measure.known?.set(line, ends)
  return ends.map((end, index) => ({start: offset + (ends[index - 1] ?? 0), end: offset + end}))
}

/** Breaks after the last blank that fits, or, in a word that is too wide, anywhere. */
function rowEnds(line: string, {columns, widthOf}: Measure): number[] {
  const ends: number[] = []
  let start = 0
  let end = 0
  let width = 0
  let afterBlank = {end: 0, width: 0} // the width up to there
  for (const grapheme of graphemesOf(line)) {
    const more = widthOf(grapheme)
    while (width + more > columns && end > start) {
      const cut = afterBlank.end > start ? afterBlank : {end, width}
      ends.push(cut.end)
      start = cut.end
      width -= cut.width
      afterBlank = {end: start, width: 0}
    }
    end += grapheme.length
    width += more
    if (grapheme === ' ') afterBlank = {end, width}
  }
  return [...ends, line.length]
}

function offsetAt(text: string, {start, end}: Row, wanted: number, measure: Measure): number {
  const graphemes = graphemesOf(text.slice(start, end))
  // The end of a row that is not the last of its line is the start of the next row.
  const isLast = end === text.length || text[end] === '\n'
  const last = isLast ? graphemes.length : graphemes.length - 1
  let offset = start
  let width = 0
  for (const grapheme of graphemes.slice(0, Math.max(0, last))) {
    width += measure.widthOf(grapheme)
    if (width > wanted) break
    offset += grapheme.length
  }
  return offset
}

function widthOfAll(graphemes: readonly string[], {widthOf}: Measure): number {
  return graphemes.reduce((sum, grapheme) => sum + widthOf(grapheme), 0)
}
