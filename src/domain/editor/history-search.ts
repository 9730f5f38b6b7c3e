/** A search in the history, while it is active. */
export interface HistorySearch {
  /** Oldest first. */
  readonly entries: readonly string[]
  readonly query: string
  /** An index of `entries`; `undefined` where nothing matches. */
  readonly at: number | undefined
}

/** A search without a query: nothing is found. */
export function newSearch(entries: readonly string[]): HistorySearch {
  return {entries, query: '', at: undefined}
}

/** The found entry, if any. */
export function foundEntry({entries, at}: HistorySearch): string | undefined {
  return at === undefined ? undefined : entries[at]
}

/**
 * With a longer query: keeps the found entry where it still matches, otherwise takes an older one.
 */
export function narrowed(search: HistorySearch, typed: string): HistorySearch {
  const query = search.query + typed.replaceAll(/\s+/g, ' ')
  return {...search, query, at: lastFitting(search, query, search.at ?? search.entries.length - 1)}
}

/** With the last character of the query removed: the newest entry that matches. */
export function widened(search: HistorySearch): HistorySearch {
  const query = Array.from(search.query).slice(0, -1).join('')
  return {...search, query, at: lastFitting(search, query, search.entries.length - 1)}
}

/** The next older entry that matches and differs from this one; unchanged where there is none. */
export function older(search: HistorySearch): HistorySearch {
  const {entries, at, query} = search
  if (at === undefined) return search
  for (let index = at - 1; index >= 0; index -= 1) {
    if (fits(entries[index], query) && entries[index] !== entries[at]) return {...search, at: index}
  }
  return search
}

function lastFitting({entries}: HistorySearch, query: string, from: number): number | undefined {
  if (query === '') return undefined
  for (let index = from; index >= 0; index -= 1) {
    if (fits(entries[index], query)) return index
  }
  return undefined
}

function fits(entry = '', query: string): boolean {
  return entry.replaceAll(/\s+/g, ' ').toLowerCase().includes(query.toLowerCase())
}
