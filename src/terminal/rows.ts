import {padded, widthOf} from './cell-width.js'

/** Lines under a headline: a label in one column, then its text. */
export function rows(entries: readonly (readonly [label: string, text: string])[]): string[] {
  const width = Math.max(0, ...entries.map(([label]) => widthOf(label))) + 2
  return entries.map(([label, text]) => `  ${padded(label, width)}${text}`)
}
