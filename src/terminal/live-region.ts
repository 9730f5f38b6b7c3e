// The rows at the bottom of the screen that are redrawn. The cursor position is never requested:
// the cursor is moved from where it was left, so that the text above stays unchanged.
import {hyperlink} from './hyperlink.js'
import {showable} from './locale.js'
import {cursorOf, type Frame, type Reflow, reflowOf, rowsAboveCursor} from './reflow.js'
import type {Environment} from '../domain/settings/environment.js'
import {widthOf} from './cell-width.js'

const [TOGETHER, SHOWN] = ['\x1b[?2026h', '\x1b[?2026l'] // atomic update, where supported
const [HIDE_CURSOR, SHOW_CURSOR] = ['\x1b[?25l', '\x1b[?25h']
const ERASE_RIGHT = '\x1b[K'
const ERASE_BELOW = '\x1b[J'
// A row that is wider for the terminal than for us must not wrap into two.
const NO_WRAP = '\x1b[?7l'
const WRAP = '\x1b[?7h'
const CLEAR = '\x1b[2J\x1b[H'
const CLEAR_ALL = '\x1b[2J\x1b[3J\x1b[H'

interface Caption {
  readonly lines: readonly string[]
  readonly columns: number
}

/** The bottom of the screen: one frame at a time, drawn over the previous one. */
export class LiveRegion {
  readonly #write: (text: string) => void
  readonly #reflow: Reflow
  #shown: Frame | undefined
  #caption: Caption | undefined

  constructor(write: (text: string) => void, env: Environment) {
    this.#write = (text) => write(showable(text, env))
    this.#reflow = reflowOf(env)
  }

  /**
   * Lines above the frame that are written once, unwrapped, and removed with it. They are not
   * redrawn meanwhile, so that a selection in them is kept.
   *
   * @param link - the line that is an address, where the terminal supports links
   */
  caption(lines: readonly string[], columns: number, link?: string): void {
    // The output guard lets an address pass only as a separate write.
    for (const line of lines) {
      for (const piece of line === link ? hyperlink(line) : [line]) this.#write(piece)
      this.#write('\r\n')
    }
    this.#caption = {lines, columns}
  }

  /** Draws the same frame again: other output may have overwritten it. */
  redraw(frame: Frame): void {
    this.#draw(frame, [])
  }

  /** Replaces the last frame, below lines that stay. */
  draw(frame: Frame, lines: readonly string[] = []): void {
    if (lines.length > 0 || !isSame(frame, this.#shown)) this.#draw(frame, lines)
  }

  #draw(frame: Frame, lines: readonly string[]): void {
    const above = lines.map((line) => `${line}\r\n`).join('')
    const cleared = above === '' ? '' : `${ERASE_BELOW}${above}`
    const end = `${frame.cursor === undefined ? '' : SHOW_CURSOR}${SHOWN}`
    this.#write(
      `${TOGETHER}${HIDE_CURSOR}${this.#toTop(frame.columns)}${cleared}${rowsOf(frame)}${end}`,
    )
    this.#shown = frame
  }

  /** Removes the frame, and leaves lines in its place. */
  erase(columns: number, lines: readonly string[] = []): void {
    const above = lines.map((line) => `${line}\r\n`).join('')
    if (this.#shown === undefined && above === '') return
    const up = this.#heightOfCaption(columns)
    const toTop = `${this.#toTop(columns)}${up > 0 ? `\x1b[${up}A` : ''}`
    this.#write(`${toTop}${ERASE_BELOW}${above}${this.#cursorBack()}`)
    this.#forget()
  }

  /** Leaves the frame in place, with the cursor below it. */
  leave(): void {
    if (this.#shown === undefined) return
    const down = this.#shown.rows.length - 1 - cursorOf(this.#shown).row
    this.#write(`${down > 0 ? `\x1b[${down}B` : ''}\r\n${this.#cursorBack()}`)
    this.#forget()
  }

  /** Clears the screen and, on request, the scrollback. */
  clear(everything: boolean): void {
    this.#write(everything ? CLEAR_ALL : CLEAR)
    this.#forget()
  }

  #forget(): void {
    this.#shown = undefined
    this.#caption = undefined
  }

  /** The terminal wrapped these lines, and rewraps them when the window becomes wider. */
  #heightOfCaption(now: number): number {
    if (this.#caption === undefined) return 0
    const {lines, columns} = this.#caption
    const width = this.#reflow === 'cuts' ? columns : now
    return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / width)), 0)
  }

  #toTop(columns: number): string {
    if (this.#shown === undefined) return '\r'
    const up = rowsAboveCursor(this.#shown, columns, this.#reflow)
    return `${up > 0 ? `\x1b[${up}A` : ''}\r`
  }

  #cursorBack(): string {
    return this.#shown !== undefined && this.#shown.cursor === undefined ? SHOW_CURSOR : ''
  }
}

function isSame(frame: Frame, other: Frame | undefined): boolean {
  return (
    frame.columns === other?.columns &&
    frame.cursor?.row === other.cursor?.row &&
    frame.cursor?.before === other.cursor?.before &&
    frame.rows.length === other.rows.length &&
    frame.rows.every((row, index) => row === other.rows[index])
  )
}

function rowsOf({rows, cursor, columns}: Frame): string {
  // After a row as wide as the screen, erasing would remove its last column.
  const texts = rows.map((row) => (widthOf(row) < columns ? row + ERASE_RIGHT : row))
  const shown = `${NO_WRAP}${texts.join('\r\n')}${ERASE_BELOW}`
  if (cursor === undefined) return shown + WRAP
  const up = rows.length - 1 - cursor.row
  return `${shown}${up > 0 ? `\x1b[${up}A` : ''}\r${cursor.before}${WRAP}`
}
