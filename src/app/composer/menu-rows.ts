import type {Candidate, CompletionMenu} from '../../domain/editor/completion.js'
import type {Palette} from '../../terminal/palette.js'
import {cut, widthOf} from '../../terminal/cell-width.js'

const WIDEST_VALUE = 40

/** Candidates, one per row, with their descriptions; those around the selected one. */
export function menuRows(
  menu: CompletionMenu | undefined,
  columns: number,
  most: number,
  palette: Palette,
): readonly string[] {
  if (menu === undefined || most < 1) return []
  const {candidates, selected = -1} = menu
  const room = candidates.length > most ? most - 1 : most
  const first = Math.max(0, Math.min(selected - room + 1, candidates.length - room))
  const shown = candidates.slice(first, first + room)
  const width = Math.min(WIDEST_VALUE, Math.max(...shown.map(({value}) => widthOf(value.trim()))))
  const rows = shown.map((candidate, index) =>
    menuRow(candidate, first + index === selected, {columns, width, palette}),
  )
  const more = candidates.length - shown.length
  return more > 0 ? [...rows, palette.faint(cut(`  and ${more} more`, columns - 1))] : rows
}

interface Look {
  readonly columns: number
  readonly width: number
  readonly palette: Palette
}

function menuRow(
  {value, summary = ''}: Candidate,
  isSelected: boolean,
  {columns, width, palette}: Look,
): string {
  const name = cut(value.trim(), width)
  const start = `${isSelected ? '›' : ' '} ${name}`
  const gap = ' '.repeat(width - widthOf(name) + 2)
  const row = cut(`${start}${gap}${summary}`.trimEnd(), columns - 1)
  if (isSelected) return palette.command(row)
  return row.startsWith(start) ? start + palette.faint(row.slice(start.length)) : row
}
