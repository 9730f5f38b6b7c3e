import type {Palette} from '../../terminal/palette.js'
import {cut} from '../../terminal/cell-width.js'
import {spinnerAt} from '../../terminal/spinner.js'

interface Footer {
  readonly editor: {readonly text: string}
  readonly hint: string | undefined
  readonly isAnswering: boolean
  /** The operation in progress, such as `Answering`. */
  readonly doing: string
  readonly elapsedMs?: number | undefined
  readonly unicode?: boolean
}

const KEYS = '/ for commands · ? for keys · Ctrl+J for a new line'

/** The most important hint below the typed text. */
export function footerRow(
  {editor, hint, isAnswering, doing, elapsedMs, unicode = false}: Footer,
  hiddenRows: number,
  columns: number,
  palette: Palette,
): string {
  const say = (text: string): string => palette.faint(cut(`  ${text}`, columns - 1))
  if (hint !== undefined) return say(hint)
  if (isAnswering) return say(`${waitingText(doing, elapsedMs, unicode)}. Ctrl+C interrupts.`)
  if (hiddenRows > 0) return say(`${editor.text.split('\n').length} lines`)
  return editor.text === '' ? say(KEYS) : ''
}

function waitingText(doing: string, elapsedMs: number | undefined, unicode: boolean): string {
  if (elapsedMs === undefined) return doing
  return `${spinnerAt(elapsedMs, unicode)} ${doing}, ${Math.floor(elapsedMs / 1000)} s`
}
