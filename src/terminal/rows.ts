/** Lines under a headline: a label in a column of its own, then what there is to say. */
export function rows(entries: readonly (readonly [label: string, text: string])[]): string[] {
  const width = Math.max(0, ...entries.map(([label]) => label.length)) + 2
  return entries.map(([label, text]) => `  ${label.padEnd(width)}${text}`)
}
