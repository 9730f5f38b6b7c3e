import {graphemesOf} from '../domain/editor/graphemes.js'
import {breakAnywhere} from './break-anywhere.js'
import {TAB, widthOfGrapheme} from './width.js'

// What could move the cursor, recolour the screen, or turn the order of characters round.
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g
/** A word longer than that is none, and is broken: it would not fit above the prompt. */
const LONGEST_WORD = 1000

/**
 * An answer that comes in pieces, in lines for the screen: broken between words; an address keeps a
 * line of its own and is never broken.
 */
export class AnswerText {
  #open = ''

  /** The line that is not at its end. */
  get open(): string {
    return this.#open
  }

  /** Takes a piece; gives the lines that are whole with it. */
  write(piece: string, columns: number): string[] {
    const text = this.#open + piece.replaceAll(UNWANTED, '').replaceAll('\t', TAB)
    const parts = text.split('\n')
    const last = wrapped(parts.pop() ?? '', columns)
    this.#open = last.pop() ?? ''
    return [...parts.flatMap((line) => wrapped(line, columns).map((row) => row.trimEnd())), ...last]
  }

  /** Ends the line that is open, if there is one. */
  end(): string[] {
    const rest = this.#open
    this.#open = ''
    return rest === '' ? [] : [rest.trimEnd()]
  }
}

/** Each grapheme is looked at twice at most: a line may be as long as a whole answer. */
function wrapped(line: string, columns: number): string[] {
  const rows: string[] = []
  const graphemes = graphemesOf(line)
  let begin = 0
  for (let cut = cutOf(graphemes, 0, columns); cut !== undefined;) {
    rows.push(graphemes.slice(begin, cut).join('').trimEnd())
    begin = cut
    cut = cutOf(graphemes, begin, columns)
  }
  const rest = graphemes.slice(begin).join('')
  if (rest.length <= LONGEST_WORD) return [...rows, rest]
  return [...rows, ...breakAnywhere(rest, columns - 1)]
}

/** Behind the last blank that fits, else behind the word that does not, once it has ended. */
function cutOf(graphemes: readonly string[], begin: number, columns: number): number | undefined {
  let width = 0
  let afterBlank: number | undefined
  let isText = false
  for (let index = begin; index < graphemes.length; index += 1) {
    const grapheme = graphemes[index] ?? ''
    width += widthOfGrapheme(grapheme)
    if (grapheme === ' ' && isText) {
      if (width > columns && afterBlank === undefined) return index + 1
      afterBlank = width <= columns ? index + 1 : afterBlank
    }
    isText ||= grapheme !== ' '
    if (width >= columns && afterBlank !== undefined) return afterBlank
  }
  return undefined
}
