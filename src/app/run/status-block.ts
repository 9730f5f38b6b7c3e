import {cut, widthOf} from '../../terminal/cell-width.js'
import type {Palette} from '../../terminal/palette.js'
import {spinnerAt, TURN_MS} from '../../terminal/spinner.js'
import {durationText} from './run-text.js'

/** The contents of the status block. */
interface StatusState {
  readonly status: string
  readonly elapsedMs: number | undefined
  readonly branch: string
  /** The agent's current activity, or the problem. */
  readonly now: string
  /** The help for keys. */
  readonly hint: string
  /** The frame of the spinner. */
  readonly turn: number
}

interface ScreenSize {
  readonly columns: number
  readonly rows: number
}

const WIDE = 70
// In a terminal with fewer rows, the block takes one.
const MIN_ROWS = 6

/** A fixed number of lines, narrower than the terminal: the state, and the help for keys. */
export function statusLines(
  {status, elapsedMs, branch, now, hint, turn}: StatusState,
  {columns, rows}: ScreenSize,
  {palette, unicode}: {readonly palette: Palette; readonly unicode: boolean},
): string[] {
  const spinner = spinnerAt(turn * TURN_MS, unicode)
  const room = Math.max(1, columns - 1)
  const isWide = columns >= WIDE
  const elapsed = elapsedMs === undefined ? '' : durationText(elapsedMs)
  const parts = [elapsed, isWide ? cut(branch, Math.floor(room / 2)) : branch, isWide ? now : '']
  const word = cut(status, room - 2)
  const rest = cut(parts.filter((part) => part !== '').join(' · '), room - widthOf(word) - 4)
  const head = `${palette.command(spinner)} ${palette.strong(word)}  ${rest}`.trimEnd()
  if (rows < MIN_ROWS) return [head]
  const below = (text: string): string => palette.faint(`  ${cut(text, room - 2)}`)
  const more = isWide ? [] : [`  ${cut(now, room - 2)}`]
  return ['', head, ...more, below(hint)]
}
