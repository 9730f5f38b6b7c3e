// C0, DEL, C1, line and paragraph separators, bidi controls, zero-width characters, tags.
const UNPRINTABLE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDC7F]/g

/** Text from outside, on one line, unable to move a cursor or to hide a part of itself. */
export function printable(text: string, maxLength = 300): string {
  const clean = text.replaceAll(UNPRINTABLE, ' ').replaceAll(/ {2,}/g, ' ').trim()
  return clean.length > maxLength ? `${clean.slice(0, maxLength)}…` : clean
}
