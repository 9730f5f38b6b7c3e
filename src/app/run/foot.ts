import {widthOf} from '../cell-width.js'

/** A terminal, as far as the foot needs it. */
export interface Screen {
  write(text: string): unknown
  readonly columns: number
}

const HIDE_CURSOR = '\u001B[?25l'
const SHOW_CURSOR = '\u001B[?25h'
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
  #isHidden = false

  constructor(screen: Screen) {
    this.#screen = screen
  }

  /** @param lines - each narrower than the terminal */
  draw(lines: readonly string[]): void {
    const isSame = lines.length === this.#drawn.length
    if (isSame && lines.every((line, index) => line === this.#drawn[index])) return
    const body = lines.map((line) => line + CLEAR_LINE_END).join('\n')
    this.#write(`${this.#toTop()}${isSame ? '' : CLEAR_BELOW}${NO_WRAP}${body}${WRAP}`, lines)
  }

  /** Lines that scroll by; below them the foot, as it is now. */
  print(above: readonly string[], lines: readonly string[]): void {
    const text = above.map((line) => `${line}\n`).join('')
    this.#write(`${this.#toTop()}${CLEAR_BELOW}${text}${NO_WRAP}${lines.join('\n')}${WRAP}`, lines)
  }

  /** Takes the foot away; what is written next stands in its place. */
  clear(): void {
    const text = this.#drawn.length === 0 ? '' : `${this.#toTop()}${CLEAR_BELOW}`
    this.#drawn = []
    this.#screen.write(`${text}${this.#isHidden ? SHOW_CURSOR : ''}`)
    this.#isHidden = false
  }

  #write(text: string, lines: readonly string[]): void {
    this.#drawn = [...lines]
    this.#screen.write(`${this.#isHidden ? '' : HIDE_CURSOR}${text}`)
    this.#isHidden = true
  }

  /** To where the foot begins; a terminal that became narrower has wrapped its lines. */
  #toTop(): string {
    if (this.#drawn.length === 0) return ''
    const {columns} = this.#screen
    const rowsOf = (line: string): number =>
      columns > 0 ? Math.ceil(Math.max(1, widthOf(line)) / columns) : 1
    const rows = this.#drawn.reduce((sum, line) => sum + rowsOf(line), 0)
    return rows > 1 ? `\r\u001B[${rows - 1}A` : '\r'
  }
}
