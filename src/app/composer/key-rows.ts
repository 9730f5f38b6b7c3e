import type {Palette} from '../../terminal/palette.js'
import {cut, widthOf} from '../../terminal/cell-width.js'

/** The most important keys, for `?` on an empty line and for `/help`. */
export const KEYS = [
  ['Enter', 'sends; \\ at the end, Ctrl+J or Alt+Enter begins a new line'],
  ['Tab', 'completes a command or its argument'],
  ['↑ ↓', 'show earlier entries'],
  ['Ctrl+R', 'searches earlier entries'],
  ['Ctrl+C', 'interrupts an answer, or clears the line; twice leaves'],
] as const

/** The keys as rows, none wider than the terminal. */
export function keyRows(columns: number, most: number, palette: Palette): readonly string[] {
  const width = Math.max(...KEYS.map(([key]) => widthOf(key)))
  return KEYS.slice(0, most).map(([key, text]) => {
    const row = cut(`  ${key}${' '.repeat(width - widthOf(key) + 2)}${text}`, columns - 1)
    return palette.faint(row)
  })
}
