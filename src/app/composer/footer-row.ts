import type {Palette} from '../../terminal/palette.js'
import {cut} from '../../terminal/cell-width.js'

interface Footer {
  readonly editor: {readonly text: string}
  readonly hint: string | undefined
  readonly isAnswering: boolean
  /** What is being done then, such as `Answering`. */
  readonly doing: string
}

const KEYS = '/ for commands · Ctrl+J for a new line'

/** The one thing that is worth saying below what is typed. */
export function footerRow(
  {editor, hint, isAnswering, doing}: Footer,
  hiddenRows: number,
  columns: number,
  palette: Palette,
): string {
  const say = (text: string): string => palette.faint(cut(`  ${text}`, columns - 1))
  if (hint !== undefined) return say(hint)
  if (isAnswering) return say(`${doing}. Ctrl+C interrupts.`)
  if (hiddenRows > 0) return say(`${editor.text.split('\n').length} lines`)
  return editor.text === '' ? say(KEYS) : ''
}
