// C0, DEL, C1, line and paragraph separators, bidi controls, zero-width characters, tags.
const UNPRINTABLE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDC7F]/g

/** Text from outside, on one line, unable to move a cursor or to hide a part of itself. */
export function printable(text: string, maxLength = 300): string {
  const clean = text.replaceAll(UNPRINTABLE, ' ').replaceAll(/ {2,}/g, ' ').trim()
  return clean.length > maxLength ? `${clean.slice(0, maxLength)}…` : clean
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
