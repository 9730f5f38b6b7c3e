import type {Palette} from '../../terminal/palette.js'
import {cut, widthOf} from '../../terminal/cell-width.js'

const BETWEEN = ' · '
const MAX_ROWS = 3

/** Who, which model and what pays, on one row where that fits, else broken between the parts. */
export function headerRows(
  parts: readonly string[],
  columns: number,
  palette: Palette,
): readonly string[] {
  const rows: string[] = []
  for (const part of parts.filter((text) => text !== '')) {
    const last = rows.at(-1)
    const longer = last === undefined ? part : `${last}${BETWEEN}${part}`
    const starts = widthOf(longer) >= columns && rows.length < MAX_ROWS
    if (last === undefined || starts) rows.push(part)
    else rows[rows.length - 1] = longer
  }
  return rows.map((row) => palette.faint(cut(row, columns - 1)))
}
