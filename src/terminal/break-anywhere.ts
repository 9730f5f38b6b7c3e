import {graphemesOf} from '../domain/editor/graphemes.js'
import {TAB, widthOfGrapheme} from './width.js'

/** A line in pieces that are at most so many columns wide. */
export function breakAnywhere(line: string, columns: number): string[] {
  const pieces: string[] = []
  let piece = ''
  let width = 0
  for (const grapheme of graphemesOf(line.replaceAll('\t', TAB))) {
    const more = widthOfGrapheme(grapheme)
    if (width + more > columns && piece !== '') {
      pieces.push(piece)
      piece = ''
      width = 0
    }
    piece += grapheme
    width += more
  }
  return [...pieces, piece]
}
