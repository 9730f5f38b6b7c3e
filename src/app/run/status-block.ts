import {cut} from '../cell-width.js'
import type {Palette} from '../palette.js'
import {durationText} from './run-text.js'

/** What the foot of the live view says. */
export interface StatusState {
  readonly status: string
  readonly elapsedMs: number
  readonly branch: string
  /** What the agent does now, or what is the matter. */
  readonly now: string
  /** What keys do just now. */
  readonly hint: string
  /** Which picture of the spinner. */
  readonly turn: number
}

const ROUND = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const PLAIN = ['|', '/', '-', '\\']

/** Two lines, each narrower than the terminal: what goes on, and what keys do. */
export function statusLines(
  {status, elapsedMs, branch, now, hint, turn}: StatusState,
  columns: number,
  {palette, unicode}: {readonly palette: Palette; readonly unicode: boolean},
): string[] {
  const frames = unicode ? ROUND : PLAIN
  const spinner = frames[turn % frames.length] ?? ''
  const room = Math.max(8, columns - 1)
  const parts = [durationText(elapsedMs), branch, now].filter((part) => part !== '')
  const rest = cut(parts.join(unicode ? ' · ' : ' - '), Math.max(0, room - status.length - 4))
  return [
    `${palette.command(spinner)} ${palette.strong(cut(status, room - 2))}  ${rest}`.trimEnd(),
    palette.faint(cut(hint, room)),
  ]
}
