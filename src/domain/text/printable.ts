/**
 * C0, DEL and C1 controls; ends of lines and bidi controls; annotations; halves of characters; the
 * empty Braille pattern; and what is not to be seen.
 */
const UNPRINTABLE =
  /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\uFFF9-\uFFFB\uD800-\uDFFF\u2800\p{Default_Ignorable_Code_Point}]/gu
const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g

let redact = (text: string): string => text

/**
 * Says what takes secrets out of a text from now on, before anything else is done to it: what is
 * cleaned or cut is not found again.
 */
export function redactBeforePrinting(redactor: (text: string) => string): void {
  redact = redactor
}

/** Text from outside, on one line, unable to move a cursor or to hide a part of itself. */
export function printable(text: string, maxLength = 300): string {
  const clean = cleaned(text, () => ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
  if (clean.length <= maxLength) return clean
  return `${clean.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** As {@link printable}, with its lines, tabs and blanks, and never cut. */
export function printableLines(text: string): string {
  return cleaned(text.replaceAll(LINE_ENDS, '\n'), (found) =>
    found === '\n' || found === '\t' ? found : ' ',
  )
}

/**
 * JSON from outside as it came, but for secrets: for programs, which get texts whole. In their JSON
 * nothing can move a cursor ({@link withEscapes}).
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutSecrets)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), withoutSecrets(member)]),
  )
}

/** JSON on one line, in which nothing can move a cursor or hide a part of the line. */
export function withEscapes(json: string): string {
  return json.replaceAll(UNPRINTABLE, (found) =>
    Array.from(
      found.split(''),
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}

/** Without secrets, those included that only show when what broke them has become blanks. */
function cleaned(text: string, substitute: (found: string) => string): string {
  const known = redact(text)
  const clean = known.replaceAll(UNPRINTABLE, substitute)
  return clean === known ? clean : redact(clean)
}
