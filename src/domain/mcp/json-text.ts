// How a JSON file is laid out by whoever wrote it, and changes of it as a text.

export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

export function insertion(at: number, text: string): Edit {
  return {start: at, end: at, text}
}

/** The text with all of the edits, which are of different places. */
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
 * A value as this file would have it.
 *
 * @param blanks - of the line on which it begins; `undefined` for what is on one line with others
 */
export function laidOut(text: string, value: object, blanks: string | undefined): string {
  if (blanks === undefined) return JSON.stringify(value)
  const lineBreak = `${lineBreakOf(text)}${blanks}`
  return JSON.stringify(value, undefined, unitOf(text)).replaceAll('\n', lineBreak)
}

/** The blanks before something on its line; `undefined` where there is more than blanks. */
export function blanksBefore(text: string, at: number): string | undefined {
  const line = text.slice(lineStart(text, at), at)
  return line.trim() === '' ? line : undefined
}

/** The blanks at the beginning of the line that something is on. */
export function blanksAt(text: string, at: number): string {
  return (/^[ \t]*/.exec(text.slice(lineStart(text, at), at)) ?? [''])[0]
}

/** What one step to the right is. */
export function unitOf(text: string): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  '
}

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}
