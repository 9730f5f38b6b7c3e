/** What was entered before, and where in it a person stands. */
export interface Recall {
  /** Oldest first. */
  readonly entries: readonly string[]
  /** An index of `entries`; their number means the line that is being written. */
  readonly position: number
  /** What was changed on the way, by position, so that coming back finds it as it was left. */
  readonly edits: ReadonlyMap<number, string>
}

export function recallOf(entries: readonly string[]): Recall {
  return {entries, position: entries.length, edits: new Map()}
}

/** One entry on, keeping what is written now; `undefined` at the end of the list. */
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

/** With one more entry; back at a line that is empty. What repeats the last entry is none. */
export function remembered({entries}: Recall, text: string): Recall {
  return recallOf(text === entries.at(-1) ? entries : [...entries, text])
}
