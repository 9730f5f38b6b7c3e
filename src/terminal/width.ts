import {widthOf} from './cell-width.js'

export {cut as clip, widthOf} from './cell-width.js'

/** What a tab is shown as: it would jump to where nobody can know. */
export const TAB = '    '
const INVISIBLE = /^[\p{Mark}\p{Format}]+$/u
const WIDEST = 2
const FIRST_COMBINING = '\u0300'

/** The columns that a grapheme takes: at most two, whatever it is put together from. */
export function widthOfGrapheme(grapheme: string): number {
  if (grapheme === '\t') return TAB.length
  if (grapheme.length === 1 && grapheme < FIRST_COMBINING) return 1
  if (INVISIBLE.test(grapheme)) return 0
  return Math.min(WIDEST, widthOf(grapheme))
}
