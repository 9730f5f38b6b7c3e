import {widthOf} from '../../terminal/cell-width.js'
import type {Palette} from '../../terminal/palette.js'
import {rows} from '../../terminal/rows.js'
import {wrap} from '../../terminal/wrap.js'

/** A label, and its text. */
export type HelpRow = readonly [label: string, text: string]

/** A part of a page, with its title. */
export interface HelpSection {
  readonly title: string
  readonly rows?: readonly HelpRow[]
  /** Indented by two blanks. */
  readonly lines?: readonly string[]
  /** Lines that are to be copied: they are not broken. */
  readonly commands?: readonly string[]
}

/** How pages are shown. */
export interface PageDisplayOptions {
  readonly palette: Palette
  readonly columns: number
}

/** A page of the help: its subject, then its sections; empty ones are left out. */
export function pageText(
  intro: string,
  sections: readonly HelpSection[],
  {palette, columns}: PageDisplayOptions,
): string {
  const parts = sections.flatMap(({title, rows: labelled = [], lines = [], commands = []}) => {
    const body = [
      ...labelledLines(labelled, columns),
      ...lines.map((line) => wrap(line, columns)),
      ...commands.map((command) => `  ${command}`),
    ]
    return body.length === 0 ? [] : [palette.strong(title), ...body].join('\n')
  })
  return [wrap(intro, columns), ...parts].filter((part) => part !== '').join('\n\n')
}

/** The texts beside their labels; where the labels take half the width, all of them below. */
export function labelledLines(labelled: readonly HelpRow[], columns: number): string[] {
  const widest = Math.max(0, ...labelled.map(([label]) => widthOf(label)))
  const lines =
    widest + 4 > columns / 2
      ? labelled.flatMap(([label, text]) => [`  ${label}`, `      ${text}`])
      : rows(labelled)
  return lines.map((line) => wrap(line.trimEnd(), columns))
}
