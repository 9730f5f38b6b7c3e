// A run costs money, and must not be started twice because an answer was lost. So before a start is
// sent, it is noted with its key; when its answer is there, the note goes. A note that is left belongs
// to a process that was killed, or never heard how it went: who tries the same again uses its key.
import {asList, instantOf} from './json.js'

/** A start that was sent, or is about to be, and whose answer is not there. */
export interface PendingStart {
  /** What makes it the same request. */
  readonly request: string
  readonly key: string
  readonly at: Date
  readonly host: string
  readonly pid: number
  /** Its process has given up: the answer was lost. */
  readonly isLost: boolean
}

export interface Claim {
  readonly request: string
  /** Used where there is no other one. */
  readonly newKey: string
  readonly now: Date
  readonly host: string
  readonly pid: number
  /** Whether a process of this host lives. */
  readonly isAlive: (pid: number) => boolean
}

const MAX_STARTS = 50
/** How long the same request means the same run: nobody tries again a day later. */
const DAY_MS = 86_400_000
/** Longer than all tries of one start take. */
const LONGEST_MS = 180_000

export function parseStarts(value: unknown): PendingStart[] {
  return asList(value).flatMap(({request, key, at, host, pid, isLost}) => {
    const instant = instantOf(at)
    if (typeof request !== 'string' || typeof key !== 'string') return []
    if (instant === undefined || typeof host !== 'string' || typeof pid !== 'number') return []
    return [{request, key, at: instant, host, pid, isLost: isLost === true}]
  })
}

/** As {@link parseStarts} reads them. */
export function startsAsJson(starts: readonly PendingStart[]) {
  return starts.map(({at, ...start}) => ({...start, at: at.toISOString()}))
}

/**
 * The key for a request: that of a try whose answer was never heard, else the new one, noted.
 *
 * @returns the starts that are pending then
 */
export function claimed(
  starts: readonly PendingStart[],
  claim: Claim,
): {readonly starts: PendingStart[]; readonly key: string; readonly isRepeated: boolean} {
  const {request, newKey, now, host, pid} = claim
  const recent = starts.filter((start) => ageOf(start, now) < DAY_MS)
  const left = recent.find((start) => start.request === request && !isUnderWay(start, claim))
  const key = left?.key ?? newKey
  const own = {request, key, host, pid, at: left?.at ?? now, isLost: false}
  const others = recent.filter((start) => start !== left)
  return {starts: [own, ...others].slice(0, MAX_STARTS), key, isRepeated: left !== undefined}
}

/** After the answer: the note has gone. */
export function answered(starts: readonly PendingStart[], key: string): PendingStart[] {
  return starts.filter((start) => start.key !== key)
}

/** The answer was lost: whoever tries the same again uses its key, also in this process. */
export function lost(starts: readonly PendingStart[], key: string): PendingStart[] {
  return starts.map((start) => (start.key === key ? {...start, isLost: true} : start))
}

/** Somebody else wants the same, at the same time: that is another run. */
function isUnderWay(start: PendingStart, {now, host, isAlive}: Claim): boolean {
  if (start.isLost || ageOf(start, now) > LONGEST_MS) return false
  return start.host !== host || isAlive(start.pid)
}

function ageOf({at}: PendingStart, now: Date): number {
  return Math.abs(now.getTime() - at.getTime())
}
