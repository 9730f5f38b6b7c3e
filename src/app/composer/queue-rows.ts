import type {Palette} from '../../terminal/palette.js'
import {cut} from '../../terminal/cell-width.js'

const MAX_ROWS = 3

/** What was entered while an answer came, and waits for its turn. */
export function queueRows(
  queue: readonly string[],
  columns: number,
  palette: Palette,
): readonly string[] {
  const shown = queue.length > MAX_ROWS ? queue.slice(0, MAX_ROWS - 1) : queue
  const rows = shown.map((text) => `› ${text.replaceAll(/\s+/g, ' ')}`)
  const more = queue.length - shown.length
  return [...rows, ...(more > 0 ? [`  and ${more} more`] : [])].map((row) =>
    palette.faint(cut(row, columns - 1)),
  )
}
