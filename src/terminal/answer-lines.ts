import {TAB} from './cell-width.js'
import {rowsOf} from './wrap.js'

// Characters that could move the cursor, change colours, or reverse the text direction.
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g

/**
 * Wraps an answer that arrives in pieces into lines for the screen, between words. An address gets
 * a separate line and is never broken.
 */
export class AnswerLines {
  #open = ''

  /** The last line, which is incomplete. */
  get open(): string {
    return this.#open
  }

  /** Adds a piece; returns the lines that it completes. */
  write(piece: string, columns: number): string[] {
    const text = this.#open + piece.replaceAll(UNWANTED, '').replaceAll('\t', TAB)
    const parts = text.split('\n')
    const last = rowsOf(parts.pop() ?? '', columns - 1)
    this.#open = last.pop() ?? ''
    return [
      ...parts.flatMap((line) => rowsOf(line, columns - 1).map((row) => row.trimEnd())),
      ...last,
    ]
  }

  /** Ends the open line, if there is one. */
  end(): string[] {
    const rest = this.#open
    this.#open = ''
    return rest === '' ? [] : [rest.trimEnd()]
  }
}
