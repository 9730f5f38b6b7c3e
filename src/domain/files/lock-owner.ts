import {asRecord, parseJson} from '../text/json.js'

/** Who holds a lock, as its file says: one JSON object. */
export interface LockOwner {
  readonly pid: number
  /** Since when that process runs, in its system's own count: a pid alone is used again. */
  readonly startTime: string | null
  /** Of the system: another one means that it was started anew. */
  readonly bootId: string | null
  /** The machine and, in a container, whose pids are meant. */
  readonly host: string
  /** Of this one turn. */
  readonly nonce: string
  readonly since: Date
}

/** What is there under a process id now; `undefined` where nothing is. */
export interface SeenProcess {
  readonly startTime: string | null
  /** It ended, and nothing of it runs any more. */
  readonly ended: boolean
}

/** The part of an owner that is the same for every process on a machine. */
export type MachineId = Pick<LockOwner, 'bootId' | 'host'>

export function formatLockOwner(owner: LockOwner): string {
  return `${JSON.stringify(owner)}\n`
}

/** @returns `undefined` when the text is not of our making, or not whole */
export function parseLockOwner(text: string): LockOwner | undefined {
  const {pid, startTime, bootId, host, nonce, since} = asRecord(parseJson(text)) ?? {}
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined
  if (typeof host !== 'string' || typeof nonce !== 'string' || typeof since !== 'string') {
    return undefined
  }
  const instant = new Date(since)
  // The nonce becomes a part of file names.
  if (!/^[\w-]{8,64}$/.test(nonce) || Number.isNaN(instant.getTime())) return undefined
  return {
    pid,
    host,
    nonce,
    since: instant,
    startTime: typeof startTime === 'string' ? startTime : null,
    bootId: typeof bootId === 'string' ? bootId : null,
  }
}

/**
 * Whether the owner of a lock still runs. Of another machine, or of a container with pids of its
 * own, nobody here can tell; nor where a system does not say since when a process runs: its number
 * may be another one's by now.
 *
 * @param seen - what is there under its process id, here
 */
export function livenessOf(
  owner: LockOwner,
  here: MachineId,
  seen: SeenProcess | undefined,
): 'alive' | 'dead' | 'unknown' {
  if (owner.host !== here.host) return 'unknown'
  if (owner.bootId !== null && here.bootId !== null && owner.bootId !== here.bootId) return 'dead'
  if (seen === undefined || seen.ended) return 'dead'
  if (owner.startTime === null || seen.startTime === null) return 'unknown'
  return owner.startTime === seen.startTime ? 'alive' : 'dead'
}
