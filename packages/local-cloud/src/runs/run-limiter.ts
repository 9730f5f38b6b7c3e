/** How many runs one user may start in which time (contract section 6). */
const RUN_LIMITS = [
  {starts: 10, seconds: 60},
  {starts: 30, seconds: 3600},
  {starts: 150, seconds: 86_400},
] as const

/** Counts the starts of each user. */
export interface RunLimiter {
  /**
   * Counts one start, unless the limit is exceeded. @returns the seconds to wait, 0 when it counts
   */
  admit(owner: string): number
}

/** @param now - the time in milliseconds */
export function createRunLimiter(now: () => number = Date.now): RunLimiter {
  const starts = new Map<string, number[]>()
  return {
    admit(owner) {
      const earlier = starts.get(owner) ?? []
      const waits = RUN_LIMITS.map((limit) => {
        const firstThatCounts = earlier.at(-limit.starts)
        return firstThatCounts === undefined ? 0 : firstThatCounts + limit.seconds * 1000 - now()
      })
      const waitMs = Math.max(0, ...waits)
      if (waitMs === 0) starts.set(owner, [...earlier, now()])
      return Math.ceil(waitMs / 1000)
    },
  }
}
