import {wrapAnsi} from 'fast-wrap-ansi'
import {TAB, widthOf} from './cell-width.js'
import {showable} from './locale.js'
import {columnsOf} from './size.js'

/**
 * A command on a separate line is to be copied: it is never broken. A row has more text, and a list
 * of commands has commas.
 */
const COMMAND = /^ {2}(?:ssh|mogplex|export) (?!.*\S {2,}\S|[^"']*, )/
/** The label of a row, as `rows` writes it, or the indentation of a line. */
const LABEL = /^ {2}\S+(?: \S+)* {2,}|^ */
const INDENTATION = 4
/** A longer word is not a real word, and is broken: it would not fit above the prompt. */
const LONGEST_WORD = 1000
/** Replaces a blank where a line must not be broken: a noncharacter, which no text contains. */
const GLUE = '\uFDD0'

/** Wraps prose like {@link wrap}, to the width of a stream; unlimited if it is not a terminal. */
export function fit(text: string, stream: Parameters<typeof columnsOf>[0]): string {
  const columns = columnsOf(stream)
  return columns === undefined ? text : wrap(showable(text), columns)
}

/**
 * Wraps prose between words, at most so many columns wide; a longer word, such as an address, gets
 * a separate line and is never broken.
 *
 * @param columns - `undefined` where the reader is not a terminal: nothing is broken
 */
export function wrap(text: string, columns: number | undefined): string {
  if (columns === undefined) return text
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, columns))
    .join('\n')
}

/**
 * A line in rows of at most so many columns, broken between words: the first one keeps the blanks
 * at its start, the last one those at its end.
 */
export function rowsOf(line: string, columns: number): string[] {
  const [indent = ''] = /^ */.exec(line) ?? []
  const text = line.slice(indent.length)
  const [end = ''] = / *$/.exec(text) ?? []
  const wrapped = wrapAnsi(glue(indent) + text, Math.max(1, columns))
  return `${wrapped.replaceAll(GLUE, ' ')}${end}`
    .split('\n')
    .flatMap((row) => (row.length > LONGEST_WORD ? broken(row, columns) : [row]))
}

/** A line in pieces of at most so many columns, broken anywhere. */
export function broken(line: string, columns: number): string[] {
  const text = line.replaceAll('\t', TAB)
  return wrapAnsi(text, Math.max(1, columns), {hard: true, wordWrap: false, trim: false}).split(
    '\n',
  )
}

/**
 * Continuation rows are aligned with the text of their row, or with its label where space is short.
 */
function wrapLine(text: string, columns: number): string[] {
  if (widthOf(text) < columns || COMMAND.test(text)) return [text]
  const [label = ''] = LABEL.exec(text) ?? []
  const besideLabel = widthOf(label) <= columns / 2
  const below = ' '.repeat(besideLabel ? widthOf(label) : INDENTATION)
  const rows = rowsOf(
    glued(text.slice(label.length), columns - below.length),
    columns - 1 - below.length,
  )
  const lines = rows.map((row) => below + row.trimEnd())
  if (!besideLabel) return [label.trimEnd(), ...lines]
  return [label + (lines.shift() ?? '').slice(below.length), ...lines]
}

/** A command, which follows two blanks, counts as one word: so it can be copied whole. */
function glued(text: string, columns: number): string {
  const [prose = '', ...commands] = text.split(/ {2,}/)
  const words = commands.map((command) => (widthOf(command) < columns ? glue(command) : command))
  return [prose, ...words].join('  ')
}

function glue(text: string): string {
  return text.replaceAll(' ', GLUE)
}
