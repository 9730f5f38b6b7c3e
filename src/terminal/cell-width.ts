import measure from 'fast-string-truncated-width'
import {graphemesOf} from '../domain/editor/graphemes.js'
import {showable} from './locale.js'

/** The replacement for a tab, whose width depends on its position. */
export const TAB = '    '
const PLAIN = /^[\x20-\x7E]*$/
const WIDEST = 2
const FIRST_COMBINING = '\u0300'

/** The width of a text in columns: wide characters take two, colours none. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : measure(text).width
}

/** The columns of a grapheme: at most two, whatever it is composed of. */
export function widthOfGrapheme(grapheme: string): number {
  if (grapheme === '\t') return TAB.length
  if (grapheme.length === 1 && grapheme < FIRST_COMBINING) return 1
  if (/^[\p{Mark}\p{Format}]+$/u.test(grapheme)) return 0
  return Math.min(WIDEST, widthOf(grapheme))
}

/** A text, padded with blanks to so many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

/** A text without colours, truncated to so many columns. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  if (columns < 1) return ''
  // The library's truncation fails for characters that it does not know, such as `›`.
  let end = 0
  let width = 0
  for (const grapheme of graphemesOf(text)) {
    width += widthOf(grapheme)
    if (width >= columns) break
    end += grapheme.length
  }
  return showable(`${text.slice(0, end).trimEnd()}…`)
}
