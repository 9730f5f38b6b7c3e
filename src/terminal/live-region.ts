// The rows at the bottom of the screen that are drawn again and again. Nothing here asks where the
// cursor is: it is moved from where it was left, so that what stands above stays as it is.
import {hyperlink} from './hyperlink.js'
import {showable} from './locale.js'
import {cursorOf, type Frame, type Reflow, reflowOf, rowsAboveCursor} from './reflow.js'
import type {Environment} from '../domain/settings/environment.js'
import {widthOf} from './cell-width.js'

const [TOGETHER, SHOWN] = ['\x1b[?2026h', '\x1b[?2026l'] // in one go, where the terminal can
const [HIDE_CURSOR, SHOW_CURSOR] = ['\x1b[?25l', '\x1b[?25h']
const ERASE_RIGHT = '\x1b[K'
const ERASE_BELOW = '\x1b[J'
// A row that the terminal takes for wider than we do must not become two.
const NO_WRAP = '\x1b[?7l'
const WRAP = '\x1b[?7h'
const CLEAR = '\x1b[2J\x1b[H'
const CLEAR_ALL = '\x1b[2J\x1b[3J\x1b[H'

interface Caption {
  readonly lines: readonly string[]
  readonly columns: number
}

/** The bottom of the screen: one frame at a time, drawn over the one before. */
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
   * Lines above the frame that are written once, as wide as they are, and go when it does. Nothing is
   * written over them meanwhile: what somebody has selected in them stays selected.
   *
   * @param link - the line that is an address, where the terminal makes a link of it
   */
  caption(lines: readonly string[], columns: number, link?: string): void {
    // The guard of the output lets an address pass that is a write of its own.
    for (const line of lines) {
      for (const piece of line === link ? hyperlink(line) : [line]) this.#write(piece)
      this.#write('\r\n')
    }
    this.#caption = {lines, columns}
  }

  /** Draws the same frame again: somebody else may have written over it. */
  redraw(frame: Frame): void {
    this.#draw(frame, [])
  }

  /** Draws a frame in the place of the last one, below lines that stay. */
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

  /** Takes the frame away, and leaves lines in its place. */
  erase(columns: number, lines: readonly string[] = []): void {
    const above = lines.map((line) => `${line}\r\n`).join('')
    if (this.#shown === undefined && above === '') return
    const up = this.#heightOfCaption(columns)
    const toTop = `${this.#toTop(columns)}${up > 0 ? `\x1b[${up}A` : ''}`
    this.#write(`${toTop}${ERASE_BELOW}${above}${this.#cursorBack()}`)
    this.#forget()
  }

  /** Leaves the frame as it is, with the cursor below it. */
  leave(): void {
    if (this.#shown === undefined) return
    const down = this.#shown.rows.length - 1 - cursorOf(this.#shown).row
    this.#write(`${down > 0 ? `\x1b[${down}B` : ''}\r\n${this.#cursorBack()}`)
    this.#forget()
  }

  /** Clears the screen, and with it, if so wished, what has left it. */
  clear(everything: boolean): void {
    this.#write(everything ? CLEAR_ALL : CLEAR)
    this.#forget()
  }

  #forget(): void {
    this.#shown = undefined
    this.#caption = undefined
  }

  /** The terminal has broken its lines, and has done so anew where the window was made wider. */
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
  // Behind a row that is as wide as the screen, erasing would take its last column.
  const texts = rows.map((row) => (widthOf(row) < columns ? row + ERASE_RIGHT : row))
  const shown = `${NO_WRAP}${texts.join('\r\n')}${ERASE_BELOW}`
  if (cursor === undefined) return shown + WRAP
  const up = rows.length - 1 - cursor.row
  return `${shown}${up > 0 ? `\x1b[${up}A` : ''}\r${cursor.before}${WRAP}`
}
