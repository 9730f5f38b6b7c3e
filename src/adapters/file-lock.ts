import {randomUUID} from 'node:crypto'
import {basename, dirname, join} from 'node:path'
import {readdirSync} from 'node:fs'
import {uptime} from 'node:os'
import {setImmediate as nextTurn, setTimeout as wait} from 'node:timers/promises'
import {LockedError} from '../domain/errors/later.js'
import {formatLockOwner, livenessOf, type LockOwner} from '../domain/files/lock-owner.js'
import {publish, type LockRecord, readRecord, removeFile} from './file-lock/records.js'
import {hasEnded, inspectProcess, thisMachine} from './file-lock/processes.js'

/** How long to wait for a lock. All times in milliseconds. */
export interface LockWait<T> {
  readonly waitMs: number
  /**
   * A live owner that is seen to hold the lock for so long loses it. Only for work that checks
   * `isStillMine` before a last step, which the new owner can make fail.
   */
  readonly robAfterMs?: number
  readonly signal?: AbortSignal | undefined
  /** Checked before each attempt: a result makes the lock unnecessary. */
  readonly unless?: () => T | undefined
}

/** One period of holding a lock. */
export interface LockTurn {
  /** Unique to this period. */
  readonly nonce: string
  readonly isStillMine: () => boolean
}

// Longer than any refresh takes. For processes of other machines only the age of their lock is
// known.
const FOREIGN_MS = 120_000
// For a local process of which only the pid is known. It may have been suspended together with this
// one: then it is watched for a moment before its lock counts as old.
const WATCHED_MS = 2000
const LOOK_AGAIN_MS = 1000
const LONGEST_PAUSE_MS = 60

/** Finished periods of this process whose record could not be removed. */
const givenUp = new Set<string>()

/**
 * A lock between processes: a file that contains its owner's record. The record is written beside
 * it and linked into place, so that it is complete from the start, and only one can exist.
 *
 * Why two processes can never hold it: a name is linked once. A record is removed by its owner, or,
 * when the owner is dead, by the holder of the lock on *that record* (`<lock>.<nonce>`, acquired
 * the same way), after checking that it still exists; so no successor's record is ever mistaken for
 * it.
 */
export class FileLock {
  readonly path: string
  readonly #doing: string
  /** When an owner known only by its pid was first checked closely. */
  #lookedAt = -Infinity

  /** @param doing - completes "Another mogplex (process 7) …", for the error */
  constructor(path: string, doing: string) {
    this.path = path
    this.#doing = doing
  }

  /**
   * Runs the work while no other process does.
   *
   * @throws {LockedError} exit 75, naming the owner, when it cannot be acquired in time
   * @throws the system's error, when no lock can be written there; the reason of the signal
   */
  async hold<T>(work: (turn: LockTurn) => Promise<T>, patience: LockWait<T>): Promise<T> {
    const begun = performance.now()
    let watched = {nonce: '', since: begun}
    for (let turns = 1; ; turns += 1) {
      patience.signal?.throwIfAborted()
      const answer = patience.unless?.()
      if (answer !== undefined) return answer
      const now = performance.now()
      const other = readRecord(this.path)
      if (other === undefined) {
        const own = this.#take(this.path)
        if (own !== undefined) return this.#do(work, own.nonce)
      } else {
        if (other.nonce !== watched.nonce) watched = {nonce: other.nonce, since: now}
        const waited = now - watched.since
        if (this.#isOver(other, waited) || waited >= (patience.robAfterMs ?? Infinity)) {
          this.#takeAway(this.path, other.nonce)
          if (readRecord(this.path) === undefined) continue
        }
      }
      if (now - begun >= patience.waitMs) throw this.#lockedError()
      await wait(Math.random() * Math.min(LONGEST_PAUSE_MS, 4 * turns), undefined, {
        signal: patience.signal,
      }).catch(() => undefined)
      await nextTurn() // if a check takes longer than a pause, timers would starve everything else
    }
  }

  /**
   * Its owner, and whether that one is dead; `undefined` when it is free. Acquires nothing.
   *
   * @throws {LocalFileError} exit 1, when a folder is in its place; else the system's error
   */
  look(): {readonly owner: LockOwner | undefined; readonly isOver: boolean} | undefined {
    const record = readRecord(this.path)
    return record && {owner: record.owner, isOver: this.#isOver(record, 0)}
  }

  /**
   * Removes what killed processes left of this lock: held records, and temporary ones.
   *
   * @throws the system's error
   */
  sweep(): void {
    const name = basename(this.path)
    const folder = dirname(this.path)
    for (const file of readdirSync(folder)) {
      if (file !== name && !file.startsWith(`${name}.`)) continue
      const rest = file.slice(name.length)
      const path = join(folder, file)
      const [, pid] = /\.(\d{1,10})\.[\w-]{36}\.tmp$/.exec(rest) ?? []
      if (pid !== undefined && inspectProcess(Number(pid)) === undefined) removeFile(path)
      if (!/^(\.[\w-]{8,64})?$/.test(rest)) continue
      const record = readRecord(path)
      if (record !== undefined && this.#isOver(record, 0)) this.#takeAway(path, record.nonce)
    }
  }

  async #do<T>(work: (turn: LockTurn) => Promise<T>, nonce: string): Promise<T> {
    const isStillMine = () => readRecord(this.path)?.nonce === nonce
    try {
      return await work({nonce, isStillMine})
    } finally {
      try {
        if (isStillMine()) removeFile(this.path)
      } catch {
        // The result of the work counts, whatever happened to its folder. Treated as no longer
        // ours.
        givenUp.add(nonce)
      }
    }
  }

  #lockedError(): LockedError {
    return new LockedError(this.#doing, readRecord(this.path)?.owner)
  }

  /** Links a record of this process to a free name; `undefined` when another process was faster. */
  #take(path: string): LockOwner | undefined {
    const owner = {
      pid: process.pid,
      startTime: inspectProcess(process.pid)?.startTime ?? null,
      ...thisMachine(),
      nonce: randomUUID(),
      since: new Date(),
    }
    const temporary = `${this.path}.${owner.pid}.${owner.nonce}.tmp`
    return publish(path, temporary, formatLockOwner(owner)) ? owner : undefined
  }

  /** Removes the record with this nonce; no other process does so at the same time. */
  #takeAway(path: string, nonce: string): void {
    const guard = `${this.path}.${nonce}`
    const own = this.#take(guard)
    if (own === undefined) {
      const other = readRecord(guard)
      if (other !== undefined && this.#isOver(other, 0)) this.#takeAway(guard, other.nonce)
      return
    }
    try {
      if (readRecord(path)?.nonce === nonce) removeFile(path)
    } finally {
      removeFile(guard)
    }
  }

  /** Whether the owner of a record is dead. */
  #isOver({owner, ageMs}: LockRecord, waited: number): boolean {
    // Locks are linked complete: an incomplete one was left by a power cut, or by another program.
    if (owner === undefined) return waited >= 2000 || ageMs() >= 2000
    if (givenUp.has(owner.nonce)) return true
    const here = thisMachine()
    const liveness = livenessOf(owner, here, inspectProcess(owner.pid))
    if (liveness !== 'unknown') return liveness === 'dead'
    if (owner.host !== here.host) return ageMs() >= FOREIGN_MS
    const now = performance.now()
    if (waited < WATCHED_MS || now - this.#lookedAt < LOOK_AGAIN_MS) return false
    this.#lookedAt = now
    return ageMs() >= Math.min(FOREIGN_MS, uptime() * 1000) || hasEnded(owner.pid)
  }
}
