// The CLI measures with a library. The kit has no dependencies: this is for the short texts of a table.
import {stripVTControlCharacters} from 'node:util'

const PLAIN = /^[\x20-\x7E]*$/
const UNSEEN = /^[\p{Mark}\p{Format}\p{Control}]+$/u
const HALF_WIDE = /^[\uFF61-\uFFDC\uFFE8-\uFFEE]/
const WIDE =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Tangut}\u2329\u232A\u3000-\u303E\uFE30-\uFE6B\uFF01-\uFF60\uFFE0-\uFFE6])/u
let made: Intl.Segmenter | undefined

/** The width of a text in terminal cells: wide characters take two, colours none. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  return graphemesOf(stripVTControlCharacters(text)).reduce(
    (sum, grapheme) => sum + widthOfGrapheme(grapheme),
    0,
  )
}

/** A text without colours, truncated to so many cells; a truncated text ends with `…`. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  if (width < 1) return ''
  let [end, taken] = [0, 0]
  for (const grapheme of graphemesOf(text)) {
    taken += widthOfGrapheme(grapheme)
    if (taken >= width) break
    end += grapheme.length
  }
  return `${text.slice(0, end).trimEnd()}…`
}

function widthOfGrapheme(grapheme: string): number {
  if (UNSEEN.test(grapheme)) return 0
  return WIDE.test(grapheme) && !HALF_WIDE.test(grapheme) ? 2 : 1
}

function graphemesOf(text: string): string[] {
  made ??= new Intl.Segmenter('en', {granularity: 'grapheme'})
  return Array.from(made.segment(text), ({segment}) => segment)
}
