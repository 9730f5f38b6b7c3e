import measure from 'fast-string-truncated-width'
import {graphemesOf} from '../domain/editor/graphemes.js'
import {showable} from './locale.js'

/** What a tab is shown as: it would jump to where nobody can know. */
export const TAB = '    '
const PLAIN = /^[\x20-\x7E]*$/
const WIDEST = 2
const FIRST_COMBINING = '\u0300'

/** How many columns a text takes: wide characters take two, colours none. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : measure(text).width
}

/** The columns that a grapheme takes: at most two, whatever it is put together from. */
export function widthOfGrapheme(grapheme: string): number {
  if (grapheme === '\t') return TAB.length
  if (grapheme.length === 1 && grapheme < FIRST_COMBINING) return 1
  if (/^[\p{Mark}\p{Format}]+$/u.test(grapheme)) return 0
  return Math.min(WIDEST, widthOf(grapheme))
}

/** A text, and blanks behind it, so many columns wide. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

/** A text without colours, cut to so many columns. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  if (columns < 1) return ''
  // The library's own cut errs by what it does not know, such as `›`.
  let [end, width] = [0, 0]
  for (const grapheme of graphemesOf(text)) {
    width += widthOf(grapheme)
    if (width >= columns) break
    end += grapheme.length
  }
  return showable(`${text.slice(0, end).trimEnd()}…`)
}
