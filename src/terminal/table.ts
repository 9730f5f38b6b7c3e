import {layOutTable, type TextColumn} from '@mogplex/plugin-kit/text'
import type {Palette} from './palette.js'
import {cut, widthOf} from './cell-width.js'
import {showable} from './locale.js'
import {wrap} from './wrap.js'

export type Column<T> = TextColumn<T>

/**
 * Entries in columns as the kit lays them out, measured by what this terminal can show.
 *
 * @param columns - of the terminal; `undefined` for other readers: no limit
 */
export function table<T>(
  entries: readonly T[],
  all: readonly Column<T>[],
  {palette, columns}: {readonly palette: Palette; readonly columns: number | undefined},
): string {
  const text = layOutTable(entries, all, {
    width: columns,
    widthOf,
    cut,
    wrap,
    strong: (part) => palette.strong(part),
    faint: (part) => palette.faint(part),
  })
  return columns === undefined ? text : showable(text)
}
