import {wrap} from '../../terminal/wrap.js'
import {type HelpRow, labelledLines, type PageDisplayOptions} from './help-page.js'

/** Of shell, each line is a command of its own. */
const SHELL = /^(?:sh|bash|console)$/
/** Added after prose is broken: a line that begins with it and a command is not broken. */
const INDENT = '  '
/** For who reads the source: why a test does not run what stands below, for example. */
const COMMENT = /^<!--[^]*?-->\n+/gm
const BLOCKS =
  /^```(\w*)\n([^]*?)^```$|^(#+) (.*)$|^((?:\|.*(?:\n|$))+)|^((?:(?!```|# |## |\|).+(?:\n|$))+)/gm

/**
 * A page of docs/ as plain text: headings, paragraphs, lists, tables and code, as these pages have
 * them. Of links the text stays.
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

/** Nothing of it is broken: it is there to be copied. */
function codeLines(language: string, code: string): string[] {
  const prompt = SHELL.test(language) ? '$ ' : ''
  const lines = code.trimEnd().split('\n')
  return lines.map((line) => (line === '' ? '' : `  ${prompt}${line}`))
}

/** Each item of a list is a paragraph of its own. */
function paragraphs(prose: string): string[] {
  const items = prose.trim().split(/\n(?=- |\d+\. )/)
  return items.map((item) => inline(item.replaceAll(/\s*\n\s*/g, ' ')))
}

/** The first cell is the label of what the others say. */
function tableRows(table: string): HelpRow[] {
  const [, , ...lines] = table.trim().split('\n') // its headline, and the rule below that
  return lines
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => inline(cell.trim().replaceAll('\\|', '|'))))
    .map(([label = '', ...cells]) => [
      label.replaceAll('`', ''),
      cells.filter((cell) => cell !== '').join('; '),
    ])
}

/** Code stays as it is, in its marks: it may hold what elsewhere is a mark, too. */
function inline(text: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('**', '')))
    .join('')
}
