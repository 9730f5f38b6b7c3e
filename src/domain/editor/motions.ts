import {lineEnd, lineStart, nextBorder, previousBorder} from './graphemes.js'

/** Where the cursor can move, or up to where text can be removed. */
export type Motion =
  'left' | 'right' | 'word-left' | 'word-right' | 'blank-word-left' | 'line-start' | 'line-end'

const WORD = /^[\p{L}\p{N}_]/u
const NO_BLANK = /^\S/u

/** The target offset of a motion, always on a grapheme boundary. */
export function targetOf(text: string, cursor: number, motion: Motion): number {
  switch (motion) {
    case 'left':
      return previousBorder(text, cursor)
    case 'right':
      return nextBorder(text, cursor)
    case 'word-left':
      return wordLeft(text, cursor, WORD)
    case 'blank-word-left':
      return wordLeft(text, cursor, NO_BLANK)
    case 'word-right':
      return wordRight(text, cursor, WORD)
    case 'line-start':
      return lineStart(text, cursor)
    case 'line-end':
      return lineEnd(text, cursor)
  }
}

function wordLeft(text: string, cursor: number, word: RegExp): number {
  let offset = cursor
  let inside = false
  while (offset > 0) {
    const before = previousBorder(text, offset)
    const isWord = word.test(text.slice(before, offset))
    if (inside && !isWord) break
    inside = isWord
    offset = before
  }
  return offset
}

function wordRight(text: string, cursor: number, word: RegExp): number {
  let offset = cursor
  let inside = false
  while (offset < text.length) {
    const after = nextBorder(text, offset)
    const isWord = word.test(text.slice(offset, after))
    if (inside && !isWord) break
    inside = isWord
    offset = after
  }
  return offset
}
