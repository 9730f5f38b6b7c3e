import {stripVTControlCharacters} from 'node:util'

/** A command on a line of its own is there to be copied: it is never broken. */
const COMMAND = /^ {2}(?:ssh|mogplex|export) /
/** The label of a row, as `rows` writes it: what is broken off goes below its text. */
const LABEL = /^ {2}\S+(?: \S+)* {2,}/
const INDENTATION = 4

/** Breaks prose as {@link wrap} does, to the width of a stream; what is no terminal has none. */
export function fit(
  text: string,
  stream: {readonly isTTY?: boolean | undefined; readonly columns?: number | undefined},
): string {
  return wrap(text, stream.isTTY === true ? stream.columns : undefined)
}

/**
 * Breaks prose between words, at most so many columns wide; a longer word, such as an address,
 * keeps a line of its own and is never broken.
 *
 * @param columns - `undefined` where the reader is no terminal: nothing is broken
 */
export function wrap(text: string, columns: number | undefined): string {
  if (columns === undefined) return text
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n')
}

function wrapLine(text: string, columns: number): string {
  if (widthOf(text) < columns || COMMAND.test(text)) return text
  const [label = ''] = LABEL.exec(text) ?? []
  const besideLabel = label.length <= columns / 2
  const below = ' '.repeat(besideLabel ? label.length : INDENTATION)
  const lines = besideLabel ? [] : [label.trimEnd()]
  const words = wordsOf(text.slice(label.length), columns - below.length)
  let line = (besideLabel ? label : below) + (words.shift() ?? '')
  for (const word of words) {
    if (line.trim() !== '' && widthOf(line) + 1 + widthOf(word) >= columns) {
      lines.push(line.trimEnd())
      line = below + word
    } else {
      line = line === below ? below + word : `${line} ${word}`
    }
  }
  return [...lines, line].join('\n')
}

/** A command, which stands behind two blanks, counts as one word: so it can be copied whole. */
function wordsOf(text: string, columns: number): string[] {
  const [prose = '', ...commands] = text.split(/ {2,}/)
  const words = commands.flatMap((command) => [
    '', // the second blank
    ...(widthOf(command) < columns ? [command] : command.split(' ')),
  ])
  return [...prose.split(' '), ...words]
}

/** Colours take no room. */
function widthOf(text: string): number {
  return stripVTControlCharacters(text).length
}
