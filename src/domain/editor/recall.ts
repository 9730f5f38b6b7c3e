/** The history of entered texts, and the current position in it. */
export interface Recall {
  /** Oldest first. */
  readonly entries: readonly string[]
  /** An index of `entries`; their number means the line that is being edited. */
  readonly position: number
  /**
   * Edits made to recalled entries, by position, so that returning to one shows it as it was left.
   */
  readonly edits: ReadonlyMap<number, string>
}

export function recallOf(entries: readonly string[]): Recall {
  return {entries, position: entries.length, edits: new Map()}
}

/** Moves by one entry, keeping the current text; `undefined` at the end of the list. */
export function recalled(
  {entries, position, edits}: Recall,
  step: -1 | 1,
  text: string,
): {readonly recall: Recall; readonly text: string} | undefined {
  const target = position + step
  if (target < 0 || target > entries.length) return undefined
  const kept = new Map(edits).set(position, text)
  return {
    recall: {entries, position: target, edits: kept},
    text: kept.get(target) ?? entries[target] ?? '',
  }
}

/** Adds an entry and returns to an empty line. A repeat of the last entry is not added. */
export function remembered({entries}: Recall, text: string): Recall {
  return recallOf(text === entries.at(-1) ? entries : [...entries, text])
}
