/** The limit of the hosted service for one personal access token (contract section 2). */
export const KEY_LIMIT = {requests: 60, seconds: 60}

/** Counts the requests of each key. */
interface KeyLimiter {
  /** Counts one request. @returns `false` when the limit is exceeded */
  admit(id: string): boolean
}

/**
 * Creates a limiter. A window starts with its first request; rejected requests do not extend it.
 *
 * @param now - the time in milliseconds
 */
export function createKeyLimiter(now: () => number = Date.now): KeyLimiter {
  const windows = new Map<string, {readonly endsAt: number; requests: number}>()
  return {
    admit(id) {
      const open = windows.get(id)
      if (open && now() < open.endsAt) return ++open.requests <= KEY_LIMIT.requests
      windows.set(id, {endsAt: now() + KEY_LIMIT.seconds * 1000, requests: 1})
      return true
    },
  }
}
