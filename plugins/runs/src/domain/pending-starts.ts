// A run costs money, and must not be started twice because an answer was lost. So before a start is
// sent, it is recorded with its key; when its answer arrives, the record is removed. A remaining
// record belongs to a process that was killed, or got no answer: a repeat of the same request uses
// its key.
import {asList, instantOf} from './json.js'

/** A start that was sent, or is about to be, and has no answer yet. */
export interface PendingStart {
  /** Identifies equal requests. */
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
  /** Used where no record has one. */
  readonly newKey: string
  readonly now: Date
  readonly host: string
  readonly pid: number
  /** Whether a process of this host is alive. */
  readonly isAlive: (pid: number) => boolean
}

const MAX_STARTS = 50
/** How long an equal request means the same run: nobody retries a day later. */
const DAY_MS = 86_400_000
/** Longer than all attempts of one start take. */
const LONGEST_MS = 180_000

export function parseStarts(value: unknown): PendingStart[] {
  return asList(value).flatMap(({request, key, at, host, pid, isLost}) => {
    const instant = instantOf(at)
    if (typeof request !== 'string' || typeof key !== 'string') return []
    if (instant === undefined || typeof host !== 'string' || typeof pid !== 'number') return []
    return [{request, key, at: instant, host, pid, isLost: isLost === true}]
  })
}

/** In the format that {@link parseStarts} reads. */
export function startsAsJson(starts: readonly PendingStart[]) {
  return starts.map(({at, ...start}) => ({...start, at: at.toISOString()}))
}

/**
 * The key for a request: that of an unanswered attempt, otherwise the new one, recorded.
 *
 * @returns the pending starts afterwards
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

/** After the answer: removes the record. */
export function answered(starts: readonly PendingStart[], key: string): PendingStart[] {
  return starts.filter((start) => start.key !== key)
}

/** The answer was lost: a repeat of the same request uses its key, also in this process. */
export function lost(starts: readonly PendingStart[], key: string): PendingStart[] {
  return starts.map((start) => (start.key === key ? {...start, isLost: true} : start))
}

/** Another process requests the same at the same time: that is a separate run. */
function isUnderWay(start: PendingStart, {now, host, isAlive}: Claim): boolean {
  if (start.isLost || ageOf(start, now) > LONGEST_MS) return false
  return start.host !== host || isAlive(start.pid)
}

function ageOf({at}: PendingStart, now: Date): number {
  return Math.abs(now.getTime() - at.getTime())
}
