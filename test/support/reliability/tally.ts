/** How many times something was tried, and the results. */
export interface Tally {
  readonly what: string
  tried: number
  survived: number
  lost: number
  /** The observations for losses; the first few. */
  readonly losses: string[]
  /** Other facts to print. */
  readonly notes: Map<string, number>
  count: (survived: boolean, seen: string) => void
  note: (what: string, times?: number) => void
}

export function tally(what: string): Tally {
  const result: Tally = {
    what,
    tried: 0,
    survived: 0,
    lost: 0,
    losses: [],
    notes: new Map<string, number>(),
    count(survived, seen) {
      result.tried += 1
      if (survived) result.survived += 1
      else result.lost += 1
      if (!survived && result.losses.length < 5) result.losses.push(seen)
    },
    note: (noted, times = 1) =>
      void result.notes.set(noted, (result.notes.get(noted) ?? 0) + times),
  }
  return result
}
