// What a person takes for one character (Unicode UAX #29): `é` of two code points, a flag, a family.
// None goes beyond a line, so only the line that is looked at is taken apart.
const PLAIN = /^[\x20-\x7E]*$/
const FIRST_COMBINING = 0x300
let made: Intl.Segmenter | undefined

/** The graphemes of a text, in order. */
export function graphemesOf(text: string): string[] {
  if (PLAIN.test(text)) return text.split('')
  return Array.from(segmenter().segment(text), ({segment}) => segment)
}

/** The nearest border between graphemes at an offset or before it. */
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

/** The border behind an offset, or the end of the text. */
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

/** The border before an offset, or the start of the text. */
export function previousBorder(text: string, offset: number): number {
  return borderAtOrBefore(text, offset - 1)
}

/** Where the line of an offset ends: at its line feed, or with the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}

/** Where the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** No such character joins with another one of its kind. */
function isPlain(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset) // NaN behind the end
  return !(code >= FIRST_COMBINING) && code !== 0xad
}

/** Made when it is first needed: that takes half as long as it takes Node to start. */
function segmenter(): Intl.Segmenter {
  return (made ??= new Intl.Segmenter('en', {granularity: 'grapheme'}))
}
