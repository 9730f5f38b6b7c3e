import {setTimeout as sleep} from 'node:timers/promises'

const POLL_MS = 15

interface Waiting<Found> {
  /** Checks once; `undefined` means not yet. */
  look: () => Found | undefined
  timeoutMs: number
  /** True when nothing more can come: then the wait ends before the deadline. */
  over: () => boolean
  /** What was awaited, and everything that was seen instead. */
  describe: () => string
}

/** Checks repeatedly until there is a result, or throws with everything that was seen. */
export async function waitUntil<Found>(waiting: Waiting<Found>): Promise<Found> {
  const deadline = Date.now() + waiting.timeoutMs
  for (;;) {
    const over = waiting.over() // read first: what came before the end is still checked
    const found = waiting.look()
    if (found !== undefined) return found
    if (over) throw new Error(`It ended without ${waiting.describe()}`)
    if (Date.now() > deadline) {
      throw new Error(`After ${waiting.timeoutMs} ms, still no ${waiting.describe()}`)
    }
    await sleep(POLL_MS)
  }
}

/** Finds a text or a pattern; the result has the form of a match in both cases. */
export function findPattern(text: string, wanted: string | RegExp): RegExpExecArray | undefined {
  const pattern =
    typeof wanted === 'string'
      ? new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      : new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')) // no state between checks
  return pattern.exec(text) ?? undefined
}
