// C0 except tab and line feed, DEL, C1; bidi controls; zero-width characters with no meaning alone.
// Joiners stay: emoji and some scripts need them.
const UNPRINTABLE =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu
const LINE_SEPARATORS = /[\u2028\u2029]/g
const HALF_A_LETTER = /[\uD800-\uDBFF]$/

/**
 * Cleans text from outside that arrives in pieces. Line feeds and tabs stay; everything that could
 * move a cursor, set a title, write the clipboard or hide part of the text is removed.
 */
export class AnswerCleaner {
  #held = ''

  /** The next piece, without an unpaired surrogate at its end. */
  clean(piece: string): string {
    const text = this.#held + piece
    this.#held = HALF_A_LETTER.exec(text)?.[0] ?? ''
    return cleaned(this.#held === '' ? text : text.slice(0, -1))
  }

  /** The remainder at the end. */
  rest(): string {
    const held = this.#held
    this.#held = ''
    return held === '' ? '' : '\uFFFD'
  }
}

function cleaned(text: string): string {
  return text.replace(LINE_SEPARATORS, '\n').replace(UNPRINTABLE, '')
}
