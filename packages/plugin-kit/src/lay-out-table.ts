/** A column of a table, with printable texts of one line. */
export interface TextColumn<Row> {
  readonly title: string
  /** Empty where there is no value. */
  readonly cell: (row: Row) => string
  /** May be truncated where the table is a little too wide. */
  readonly shrinks?: boolean
  /** How the text of a row is styled; in the first column it is emphasised. */
  readonly paint?: (row: Row) => ((text: string) => string) | undefined
}

/** How a table is drawn: how to measure and to emphasise a text. */
export interface TableDrawing {
  /** Of the terminal, in cells; `undefined` for other readers: no limit. */
  readonly width: number | undefined
  readonly widthOf: (text: string) => number
  readonly cut: (text: string, width: number) => string
  /** Wraps a text that is too long for a line, in the layout with one field per line. */
  readonly wrap: (line: string, width: number | undefined) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

const GAP = '  '
const NARROWEST = 12

/**
 * Rows in columns, under their titles; where that is too wide for the terminal, one row below the
 * other, one field per line. The first column is emphasised; an empty column is left out.
 */
export function layOutTable<Row>(
  rows: readonly Row[],
  columns: readonly TextColumn<Row>[],
  drawing: TableDrawing,
): string {
  const {widthOf, faint, strong} = drawing
  const shown = columns.filter(
    ({cell}, index) => index === 0 || rows.some((row) => cell(row) !== ''),
  )
  const cells = [
    shown.map(({title}) => title),
    ...rows.map((row) => shown.map(({cell}) => cell(row))),
  ]
  const wished = shown.map((_column, index) =>
    Math.max(...cells.map((line) => widthOf(line[index] ?? ''))),
  )
  const widths = fit(shown, wished, drawing.width)
  if (widths === undefined) return rows.map((row) => fieldsOf(row, shown, drawing)).join('\n')
  const [titles = [], ...lines] = cells.map((line) => inColumns(line, widths, drawing))
  const painted = rows.map((row, index) =>
    (lines[index] ?? []).map((text, place) => {
      const paint = place === 0 ? strong : shown[place]?.paint?.(row)
      return paint === undefined ? text : `${paint(text.trimEnd())}${blanksAfter(text)}`
    }),
  )
  return [
    faint(titles.join(GAP).trimEnd()),
    ...painted.map((line) => line.join(GAP).trimEnd()),
  ].join('\n')
}

/** Widths with which a line fits, or `undefined` where it cannot. */
function fit<Row>(
  columns: readonly TextColumn<Row>[],
  widths: readonly number[],
  width: number | undefined,
): readonly number[] | undefined {
  const whole = widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1))
  if (width === undefined || whole < width) return widths
  const excess = whole - width + 1
  const index = columns.findIndex(({shrinks}) => shrinks === true)
  const shrunk = (widths[index] ?? 0) - excess
  return shrunk < NARROWEST ? undefined : widths.with(index, shrunk)
}

function inColumns(
  line: readonly string[],
  widths: readonly number[],
  {cut, widthOf}: TableDrawing,
): string[] {
  return line.map((text, index) => {
    const width = widths[index] ?? 0
    const fitting = cut(text, width)
    return fitting + ' '.repeat(Math.max(0, width - widthOf(fitting)))
  })
}

function blanksAfter(text: string): string {
  return ' '.repeat(text.length - text.trimEnd().length)
}

function fieldsOf<Row>(
  row: Row,
  [first, ...others]: readonly TextColumn<Row>[],
  {strong, width, widthOf, wrap}: TableDrawing,
): string {
  const filled = others
    .map(({title, cell, paint}) => [title, cell(row), paint?.(row)] as const)
    .filter(([, text]) => text !== '')
  const label = Math.max(0, ...filled.map(([title]) => widthOf(title)))
  const lines = filled.map(
    ([title, text, paint = (plain) => plain]) =>
      `  ${title}${' '.repeat(label - widthOf(title))}  ${paint(text)}`,
  )
  return [strong(first?.cell(row) ?? ''), ...lines.map((line) => wrap(line, width))].join('\n')
}
