// User-perceived characters (Unicode UAX #29): `é` of two code points, a flag, a family. None
// crosses a line end, so only the current line is segmented.
const PLAIN = /^[\x20-\x7E]*$/
const FIRST_COMBINING = 0x300
let made: Intl.Segmenter | undefined

/** The graphemes of a text, in order. */
export function graphemesOf(text: string): string[] {
  if (PLAIN.test(text)) return text.split('')
  return Array.from(segmenter().segment(text), ({segment}) => segment)
}

/** The nearest grapheme boundary at or before an offset. */
export function borderAtOrBefore(text: string, offset: number): number {
  if (offset <= 0) return 0
  if (offset >= text.length) return text.length
  if (isPlain(text, offset - 1) && isPlain(text, offset)) return offset
  const start = text.lastIndexOf('\n', offset - 1) + 1
  if (start === offset || text[offset] === '\n') return offset
  const found = segmenter()
    .segment(text.slice(start, lineEnd(text, offset)))
    .containing(offset - start)
  return start + (found?.index ?? 0)
}

/** The boundary after an offset, or the end of the text. */
export function nextBorder(text: string, offset: number): number {
  if (offset >= text.length) return text.length
  if (text[offset] === '\n') return offset + 1
  if (isPlain(text, offset) && isPlain(text, offset + 1)) return offset + 1
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const line = text.slice(start, lineEnd(text, offset))
  const found = segmenter()
    .segment(line)
    .containing(offset - start)
  return found === undefined ? text.length : start + found.index + found.segment.length
}

/** The boundary before an offset, or the start of the text. */
export function previousBorder(text: string, offset: number): number {
  return borderAtOrBefore(text, offset - 1)
}

/** The end of the line that contains an offset: its line feed, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}

/** The start of the line that contains an offset. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** Two such characters never join into one grapheme. */
function isPlain(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset) // NaN past the end
  return !(code >= FIRST_COMBINING) && code !== 0xad
}

/** Created when first needed: it takes half as long as the start of Node. */
function segmenter(): Intl.Segmenter {
  return (made ??= new Intl.Segmenter('en', {granularity: 'grapheme'}))
}
