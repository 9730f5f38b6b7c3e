import measure from 'fast-string-truncated-width'
import {graphemesOf} from '../domain/editor/graphemes.js'

/** How many columns a text takes: wide characters take two, colours none. */
export function widthOf(text: string): number {
  return measure(text).width
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
  return `${text.slice(0, end).trimEnd()}…`
}

/**
 * A text without colours, broken between words into lines of at most so many columns. A longer word,
 * such as an address, keeps a line of its own and is never broken; blanks at the beginning stay.
 */
export function breakText(text: string, columns: number): string[] {
  if (widthOf(text) <= columns) return [text]
  const [indent = ''] = /^ */.exec(text) ?? []
  const lines: string[] = []
  let [line, width] = [indent, indent.length]
  for (const word of text.slice(indent.length).split(' ')) {
    const wide = widthOf(word)
    const isFirst = width === indent.length
    if (!isFirst && width + 1 + wide > columns) {
      lines.push(line)
      ;[line, width] = [indent + word, indent.length + wide]
    } else {
      line = isFirst ? line + word : `${line} ${word}`
      width += isFirst ? wide : 1 + wide
    }
  }
  return [...lines, line]
}
