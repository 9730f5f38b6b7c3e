// C0 but tab and line feed, DEL, C1; bidi controls; what takes no room and means nothing by itself.
// Joiners stay: emoji and some scripts need them.
const UNPRINTABLE =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu
const LINE_SEPARATORS = /[\u2028\u2029]/g
const HALF_A_LETTER = /[\uD800-\uDBFF]$/

/**
 * Cleans text from outside that arrives in pieces: line feeds and tabs stay, and nothing is left that
 * could move a cursor, set a title, write the clipboard or hide a part of the text.
 */
export class AnswerCleaner {
  #held = ''

  /** The next piece, without a possible half of a surrogate pair at its end. */
  clean(piece: string): string {
    const text = this.#held + piece
    this.#held = HALF_A_LETTER.exec(text)?.[0] ?? ''
    return cleaned(this.#held === '' ? text : text.slice(0, -1))
  }

  /** What is left at the end. */
  rest(): string {
    const held = this.#held
    this.#held = ''
    return held === '' ? '' : '\uFFFD'
  }
}

function cleaned(text: string): string {
  return text.replace(LINE_SEPARATORS, '\n').replace(UNPRINTABLE, '')
}
