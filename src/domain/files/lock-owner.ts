import {asRecord, parseJson} from '../text/json.js'

/** The owner of a lock, as stored in its file: one JSON object. */
export interface LockOwner {
  readonly pid: number
  /** The start time of that process, in the system's unit: a pid alone is reused. */
  readonly startTime: string | null
  /** The boot id: another one means that the system was restarted. */
  readonly bootId: string | null
  /** The machine and, in a container, its pid namespace. */
  readonly host: string
  /** Unique to this acquisition. */
  readonly nonce: string
  readonly since: Date
}

/** What exists under a process id now; `undefined` where nothing does. */
export interface SeenProcess {
  readonly startTime: string | null
  /** It has ended, and no thread of it runs any more. */
  readonly ended: boolean
}

/** The part of an owner that is the same for every process on a machine. */
export type MachineId = Pick<LockOwner, 'bootId' | 'host'>

export function formatLockOwner(owner: LockOwner): string {
  return `${JSON.stringify(owner)}\n`
}

/** @returns `undefined` when the text is not in our format, or incomplete */
export function parseLockOwner(text: string): LockOwner | undefined {
  const {pid, startTime, bootId, host, nonce, since} = asRecord(parseJson(text)) ?? {}
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined
  if (typeof host !== 'string' || typeof nonce !== 'string' || typeof since !== 'string') {
    return undefined
  }
  const instant = new Date(since)
  // The nonce becomes part of file names.
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
 * Whether the owner of a lock still runs. Unknown for another machine, or a container with its own
 * pids, and where the system does not report when a process started: its pid may belong to another
 * process by now.
 *
 * @param seen - what exists under its process id on this machine
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
