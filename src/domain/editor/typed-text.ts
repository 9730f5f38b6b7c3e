// C0 except tab and line feed, DEL, C1: none of them is text, and each could move a cursor.
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g
const LONE_SURROGATES = /\p{Surrogate}/gu

/** Text as the editor stores it: lines end with LF, and it contains no control characters. */
export function typedText(text: string): string {
  return text
    .replaceAll(LINE_ENDS, '\n')
    .replaceAll(CONTROLS, '')
    .replaceAll(LONE_SURROGATES, '\uFFFD')
}
