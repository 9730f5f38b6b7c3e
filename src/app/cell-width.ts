import measure from 'fast-string-truncated-width'

/** How many columns a text takes: wide characters take two, colours none. */
export function widthOf(text: string): number {
  return measure(text).width
}

/** A text without colours, cut to so many columns. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  const {index} = measure(text, {limit: Math.max(0, columns), ellipsis: '…'})
  return `${text.slice(0, index)}…`
}
