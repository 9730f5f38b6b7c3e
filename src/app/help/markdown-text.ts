import {wrap} from '../../terminal/wrap.js'
import {type HelpRow, labelledLines, type PageDisplayOptions} from './help-page.js'

/** Languages of shells: each line is a separate command. */
const SHELL = /^(?:sh|bash|console)$/
/** Added after prose is wrapped: a line that begins with it and a command is not broken. */
const INDENT = '  '
/** A comment for readers of the source: why a test does not run the code below, for example. */
const COMMENT = /^<!--[^]*?-->\n+/gm
const BLOCKS =
  /^```(\w*)\n([^]*?)^```$|^(#+) (.*)$|^((?:\|.*(?:\n|$))+)|^((?:(?!```|# |## |\|).+(?:\n|$))+)/gm

/**
 * A page of docs/ as plain text: headings, paragraphs, lists, tables and code, in the forms that
 * these pages use. For links, their text stays.
 */
export function markdownText(markdown: string, {palette, columns}: PageDisplayOptions): string {
  const blocks = [...markdown.replaceAll(COMMENT, '').matchAll(BLOCKS)].map((block) => {
    const [, language = '', code, level, heading, table, prose = ''] = block
    if (code !== undefined) return codeLines(language, code).join('\n')
    if (heading !== undefined) {
      const text = inline(heading)
      return palette.strong(wrap(level === '#' ? text : text.toUpperCase(), columns))
    }
    if (table !== undefined) return labelledLines(tableRows(table), columns).join('\n')
    return paragraphs(prose)
      .map((line) => wrap(line, columns - INDENT.length).replaceAll(/^/gm, INDENT))
      .join('\n')
  })
  return blocks.join('\n\n')
}

/** Not wrapped: it is to be copied. */
function codeLines(language: string, code: string): string[] {
  const prompt = SHELL.test(language) ? '$ ' : ''
  const lines = code.trimEnd().split('\n')
  return lines.map((line) => (line === '' ? '' : `  ${prompt}${line}`))
}

/** Each list item is a separate paragraph. */
function paragraphs(prose: string): string[] {
  const items = prose.trim().split(/\n(?=- |\d+\. )/)
  return items.map((item) => inline(item.replaceAll(/\s*\n\s*/g, ' ')))
}

/** The first cell is the label of the others. */
function tableRows(table: string): HelpRow[] {
  const [, , ...lines] = table.trim().split('\n') // the header row, and the rule below it
  return lines
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => inline(cell.trim().replaceAll('\\|', '|'))))
    .map(([label = '', ...cells]) => [
      label.replaceAll('`', ''),
      cells.filter((cell) => cell !== '').join('; '),
    ])
}

/**
 * Code stays unchanged, with its backticks: it may contain characters that are markup elsewhere.
 */
function inline(text: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('**', '')))
    .join('')
}
