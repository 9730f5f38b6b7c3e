import {setTimeout as sleep} from 'node:timers/promises'

const POLL_MS = 15

interface Waiting<Found> {
  /** Looks once; `undefined` means not yet. */
  look: () => Found | undefined
  timeoutMs: number
  /** True when nothing more can come: then waiting ends before the deadline. */
  over: () => boolean
  /** What was waited for, and all that was seen instead. */
  describe: () => string
}

/** Looks again and again until there is something, or throws with all that was seen. */
export async function waitUntil<Found>(waiting: Waiting<Found>): Promise<Found> {
  const deadline = Date.now() + waiting.timeoutMs
  for (;;) {
    const over = waiting.over() // asked first: what came before the end is still looked at
    const found = waiting.look()
    if (found !== undefined) return found
    if (over) throw new Error(`It ended without ${waiting.describe()}`)
    if (Date.now() > deadline) {
      throw new Error(`After ${waiting.timeoutMs} ms, still no ${waiting.describe()}`)
    }
    await sleep(POLL_MS)
  }
}

/** Finds a text or a pattern, in the form of a match either way. */
export function findPattern(text: string, wanted: string | RegExp): RegExpExecArray | undefined {
  const pattern =
    typeof wanted === 'string'
      ? new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      : new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')) // no memory between looks
  return pattern.exec(text) ?? undefined
}
