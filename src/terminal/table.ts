import type {Palette} from './palette.js'
import {cut, padded, widthOf} from './cell-width.js'
import {showable} from './locale.js'
import {rows} from './rows.js'
import {wrap} from './wrap.js'

export interface Column<T> {
  readonly title: string
  /** On one line; empty where there is nothing to say. */
  readonly cell: (entry: T) => string
  /** May be cut short where the table is a little too wide. */
  readonly shrinks?: boolean
}

const GAP = '  '
const NARROWEST = 12

/**
 * Entries in columns, under their titles; where that is too wide for the terminal, one entry below
 * the other, a field a line. What stands in the first column is emphasised; a column that is empty
 * is left out.
 *
 * @param columns - of the terminal; `undefined` where the reader is none: any width will do
 */
export function table<T>(
  entries: readonly T[],
  all: readonly Column<T>[],
  {palette, columns}: {readonly palette: Palette; readonly columns: number | undefined},
): string {
  const parts = all.filter(
    ({cell}, index) => index === 0 || entries.some((entry) => cell(entry) !== ''),
  )
  const cells = [parts.map(({title}) => title), ...entries.map((entry) => cellsOf(entry, parts))]
  const widths = fit(
    parts,
    parts.map((_part, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? '')))),
    columns,
  )
  if (widths === undefined) {
    return entries.map((entry) => fields(entry, parts, palette, columns)).join('\n')
  }
  const [titles = [], ...lines] = cells.map((line) => inColumns(line, widths))
  const text = [
    palette.faint(titles.join(GAP).trimEnd()),
    ...lines.map(([first = '', ...rest]) =>
      [palette.strong(first.trimEnd()) + blanksAfter(first), ...rest].join(GAP).trimEnd(),
    ),
  ].join('\n')
  return columns === undefined ? text : showable(text)
}

function cellsOf<T>(entry: T, parts: readonly Column<T>[]): string[] {
  return parts.map(({cell}) => cell(entry))
}

/** Widths with which a line fits, or `undefined` where there are none. */
function fit<T>(
  parts: readonly Column<T>[],
  widths: readonly number[],
  columns: number | undefined,
): readonly number[] | undefined {
  const whole = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1))
  if (columns === undefined || whole < columns) return widths
  const excess = whole - columns + 1
  const index = parts.findIndex(({shrinks}) => shrinks === true)
  const shrunk = (widths[index] ?? 0) - excess
  return shrunk < NARROWEST ? undefined : widths.with(index, shrunk)
}

function inColumns(line: readonly string[], widths: readonly number[]): string[] {
  return line.map((text, index) => {
    const width = widths[index] ?? 0
    return padded(cut(text, width), width)
  })
}

function blanksAfter(text: string): string {
  return ' '.repeat(text.length - text.trimEnd().length)
}

function fields<T>(
  entry: T,
  [first, ...others]: readonly Column<T>[],
  palette: Palette,
  columns: number | undefined,
): string {
  const filled = others.map(({title, cell}) => [title, cell(entry)] as const)
  const lines = rows(filled.filter(([, text]) => text !== ''))
  return [
    palette.strong(first?.cell(entry) ?? ''),
    ...lines.map((line) => wrap(line, columns)),
  ].join('\n')
}
