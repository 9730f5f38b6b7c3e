import {cut, widthOf} from './cell-width.js'
import {layOutTable} from './lay-out-table.js'
import {paint, type Tone, wantsColor} from './paint.js'
import {printable} from './printable.js'

/** A column of {@link table}. */
export interface Column<Row> {
  /** Its title. */
  readonly title: string
  /** The value for a row; nothing for `null` and `undefined`. Made {@link printable}. */
  readonly cell: (row: Row) => boolean | number | string | null | undefined
  /** May be truncated where the table is a little too wide: one column, the wordiest. */
  readonly shrinks?: boolean
  /** The tone of a row, such as for a status; the first column is emphasised. */
  readonly tone?: (row: Row) => Tone | undefined
}

/** How {@link table} draws; by default as for standard output. */
export interface TableOptions {
  /**
   * Cells of a line, such as `columns` of a slash command; unlimited where it is not a terminal.
   */
  readonly width?: number | undefined
  /**
   * Whether titles and the first column are emphasised; by default as `NO_COLOR` and the like say.
   */
  readonly color?: boolean | undefined
}

/**
 * Rows in columns under their titles, like the CLI's own lists; where the terminal is too narrow,
 * one row below the other. A column without any text is left out.
 *
 * @returns lines, without a final line end; only the titles when there are no rows
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  {width = widthOfOutput(), color = wantsColor()}: TableOptions = {},
): string {
  const painted = (tone: Tone) => (text: string) => paint(text, tone, {color})
  const texts = columns.map(({cell, title, tone, ...rest}) => ({
    ...rest,
    paint(row: Row) {
      const own = tone?.(row)
      return own && painted(own)
    },
    title: printable(title),
    cell: (row: Row) => printable(String(cell(row) ?? ''), Infinity),
  }))
  return layOutTable(rows, texts, {
    width,
    widthOf,
    cut,
    wrap: (line) => line, // the terminal wraps it
    strong: painted('strong'),
    faint: painted('faint'),
  })
}

const USUAL_WIDTH = 80

function widthOfOutput(): number | undefined {
  const {isTTY, columns} = process.stdout as {isTTY?: boolean; columns?: number}
  if (isTTY !== true) return undefined
  return columns === undefined || columns === 0 ? USUAL_WIDTH : columns
}
