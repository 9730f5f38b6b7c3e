/**
 * C0, DEL and C1 controls; line ends and bidi controls; annotations; unpaired surrogates; the empty
 * Braille pattern; and invisible characters.
 */
function unprintable(): RegExp {
  return /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\uFFF9-\uFFFB\uD800-\uDFFF\u2800\p{Default_Ignorable_Code_Point}]/gu
}

// Most texts are plain, and compiling the expression above takes longer than everything else here.
const PLAIN = /^[\x20-\x7E]*$/
const PLAIN_LINES = /^[\t\n\x20-\x7E]*$/
const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g

/**
 * Text from outside, such as a server's answer, on one line, unable to move a cursor or to hide a
 * part of itself: controls and invisible characters become blanks, and runs of blanks become one.
 *
 * @param maxLength - in UTF-16 units; a longer text is truncated, and ends with `…`
 */
export function printable(text: string, maxLength = 300): string {
  const shown = PLAIN.test(text) ? text : text.replaceAll(unprintable(), ' ')
  const clean = shown.replaceAll(/ {2,}/g, ' ').trim()
  if (clean.length <= maxLength) return clean
  return `${clean.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Like {@link printable}, but keeps lines, tabs and blanks, and never truncates. */
export function printableLines(text: string): string {
  if (PLAIN_LINES.test(text)) return text
  return text
    .replaceAll(LINE_ENDS, '\n')
    .replaceAll(unprintable(), (found) => (found === '\n' || found === '\t' ? found : ' '))
}

/** JSON on one line, in which nothing can move a cursor or hide part of the line. */
export function withEscapes(json: string): string {
  if (PLAIN.test(json)) return json
  return json.replaceAll(unprintable(), (found) =>
    Array.from(
      found.split(''),
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}
