import {widthOf} from './cell-width.js'

/** A terminal, as far as the foot needs it. */
export interface Screen {
  write(text: string): unknown
  readonly columns: number
}

const HIDE_CURSOR = '\u001B[?25l'
const SHOW_CURSOR = '\u001B[?25h'
const UP = '\u001B[A'
const CLEAR_LINE = '\u001B[2K'
const CLEAR_LINE_END = '\u001B[K'
const CLEAR_BELOW = '\u001B[J'
// However wide a terminal takes a character to be: the lines of the foot stay one row each.
const NO_WRAP = '\u001B[?7l'
const WRAP = '\u001B[?7h'

/**
 * The last lines on the screen, which are written again and again, while everything else scrolls by
 * above them and stays as it is.
 */
export class Foot {
  readonly #screen: Screen
  #drawn: readonly string[] = []
  #columns = 0
  #isHidden = false

  constructor(screen: Screen) {
    this.#screen = screen
  }

  /** @param lines - each narrower than the terminal */
  draw(lines: readonly string[]): void {
    if (lines.length !== this.#drawn.length || this.#screen.columns !== this.#columns) {
      this.print([], lines)
      return
    }
    if (lines.every((line, index) => line === this.#drawn[index])) return
    const up = `\r${UP.repeat(Math.max(0, lines.length - 1))}`
    this.#write(up + block(lines.map((line) => line + CLEAR_LINE_END)), lines)
  }

  /** Lines that scroll by; below them the foot, as it is now. */
  print(above: readonly string[], lines: readonly string[]): void {
    this.#write(this.#erase() + above.map((line) => `${line}\n`).join('') + block(lines), lines)
  }

  /** Takes the foot away; what is written next stands in its place. */
  clear(): void {
    const text = this.#erase() + (this.#isHidden ? SHOW_CURSOR : '')
    this.#drawn = []
    this.#isHidden = false
    if (text !== '') this.#screen.write(text)
  }

  #write(text: string, lines: readonly string[]): void {
    this.#drawn = [...lines]
    this.#columns = this.#screen.columns
    this.#screen.write((this.#isHidden ? '' : HIDE_CURSOR) + text)
    this.#isHidden = true
  }

  /**
   * Back to where the foot begins, a row at a time: terminals that keep what is cleared as a whole
   * would keep it in their history. One that became narrower has wrapped the lines.
   */
  #erase(): string {
    if (this.#drawn.length === 0) return ''
    const {columns} = this.#screen
    const rows = this.#drawn.reduce(
      (sum, line) => sum + Math.ceil(Math.max(1, widthOf(line)) / Math.max(1, columns)),
      0,
    )
    const isResized = columns !== this.#columns
    return `\r${CLEAR_LINE}${(UP + CLEAR_LINE).repeat(rows - 1)}${isResized ? CLEAR_BELOW : ''}`
  }
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? '' : NO_WRAP + lines.join('\n') + WRAP
}
