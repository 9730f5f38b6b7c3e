// The layout of an existing JSON file, and edits of it as text.

export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

export function insertion(at: number, text: string): Edit {
  return {start: at, end: at, text}
}

/** The text with all of the edits, which must not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((one, other) => one.start - other.start)
  let [done, at] = ['', 0]
  for (const edit of inOrder) {
    done += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return done + text.slice(at)
}

/**
 * A value in the layout of this file.
 *
 * @param blanks - the indentation of its first line; `undefined` for one that shares its line
 */
export function laidOut(text: string, value: object, blanks: string | undefined): string {
  if (blanks === undefined) return JSON.stringify(value)
  const lineBreak = `${lineBreakOf(text)}${blanks}`
  return JSON.stringify(value, undefined, unitOf(text)).replaceAll('\n', lineBreak)
}

/** The blanks before something on its line; `undefined` where other text precedes it. */
export function blanksBefore(text: string, at: number): string | undefined {
  const line = text.slice(lineStart(text, at), at)
  return line.trim() === '' ? line : undefined
}

/** The indentation of the line that contains something. */
export function blanksAt(text: string, at: number): string {
  return (/^[ \t]*/.exec(text.slice(lineStart(text, at), at)) ?? [''])[0]
}

/** One level of indentation. */
export function unitOf(text: string): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  '
}

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}
