// JSON escapes the controls below U+0020 by itself: not DEL, C1, bidi and what cannot be seen.
const UNSEEN = /[\u007F-\u009F\u2028-\u202E\uFFF9-\uFFFB\u2800\p{Default_Ignorable_Code_Point}]/gu

/** A value as JSON on one line, in which nothing can move a cursor or hide a part of the line. */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined
  return (json ?? 'null').replace(UNSEEN, (found) =>
    [...Array(found.length).keys()]
      .map((index) => `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
