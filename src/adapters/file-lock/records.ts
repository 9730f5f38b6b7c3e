import {randomUUID} from 'node:crypto'
import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import type {Stats} from 'node:fs'
import {dirname} from 'node:path'
import {type LockOwner, parseLockOwner} from '../../domain/files/lock-owner.js'
import {codeOf} from '../../domain/errors/system-error.js'
import {writeTrouble} from '../../domain/files/write-trouble.js'
import {whileHeld} from '../held-file.js'
import {keepToOwner, NotOurFileError, withOwnFile} from '../own-file.js'

/** A lock's file, as it was read. */
export interface LockRecord {
  /** `undefined` when the file is not in our format, or incomplete. */
  readonly owner: LockOwner | undefined
  /** Unique to this record. */
  readonly nonce: string
  /** Its age by the clock of the file system, in milliseconds: clocks of machines differ. */
  readonly ageMs: () => number
}

/** The size limit of our records. */
const MAX_BYTES = 4096

/** Some file systems have no hard links; there a record may be visible before it is complete. */
const NO_LINKS = new Set([
  'EISDIR',
  'EMLINK',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EPERM',
  'UNKNOWN',
])

/**
 * Writes a text under a free name, complete from the start.
 *
 * @returns `false` when the name is taken, or just was
 */
export function publish(path: string, temporary: string, text: string): boolean {
  try {
    writeWhole(temporary, text)
    whileHeld(() => linkSync(temporary, path))
    return true
  } catch (error) {
    // Over NFS the reply to a successful link may be lost, and its repetition fails.
    if (codeOf(error) === 'EEXIST') return linksOf(temporary) === 2
    if (NO_LINKS.has(codeOf(error) ?? '')) return publishUnlinked(path, text)
    // Another machine removed it as a leftover. If the folder is gone, the next attempt fails.
    if (codeOf(error) === 'ENOENT' && existsSync(dirname(path))) return false
    throw error
  } finally {
    removeFile(temporary)
  }
}

/** Between creation and writing, another process may have removed it as broken. */
function publishUnlinked(path: string, text: string): boolean {
  try {
    writeWhole(path, text)
    return readFileSync(path, 'utf8') === text
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false
    throw error
  }
}

function writeWhole(path: string, text: string): void {
  const file = whileHeld(() => openSync(path, 'wx', 0o600))
  try {
    keepToOwner(() => fchmodSync(file, 0o600)) // the umask may have removed bits
    // On a disk that is nearly full, one write stores less than requested, without an error.
    if (writeSync(file, text) !== Buffer.byteLength(text)) {
      throw Object.assign(new Error('Cut short.'), {code: 'ENOSPC'})
    }
  } finally {
    closeSync(file)
  }
}

function linksOf(path: string): number {
  return statSync(path, {throwIfNoEntry: false})?.nlink ?? 0
}

/**
 * @returns `undefined` where it does not exist
 * @throws {LocalFileError} exit 1, when a folder is in its place; else the system's error
 */
export function readRecord(path: string): LockRecord | undefined {
  try {
    return withOwnFile(path, {maxBytes: MAX_BYTES}, (file, stats) =>
      recordOf(path, stats, readFileSync(file, 'utf8')),
    )
  } catch (error) {
    if (!(error instanceof NotOurFileError)) throw error
    // Anything else in the place of a lock is a file that is not in our format.
    const stats = lstatSync(path, {throwIfNoEntry: false})
    if (stats?.isDirectory() === true)
      throw writeTrouble(path, Object.assign(new Error(), {code: 'EISDIR'}))
    return stats && recordOf(path, stats, '')
  }
}

function recordOf(path: string, {mtimeMs, ino}: Stats, text: string): LockRecord {
  const owner = parseLockOwner(text)
  const nonce = owner?.nonce ?? `unreadable-${ino}`
  return {owner, nonce, ageMs: () => fileSystemNow(path) - mtimeMs}
}

export function removeFile(path: string): void {
  try {
    whileHeld(() => unlinkSync(path))
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** The current time by the clock of the file server. */
function fileSystemNow(path: string): number {
  const probe = `${path}.${process.pid}.${randomUUID()}.tmp`
  const file = whileHeld(() => openSync(probe, 'wx', 0o600))
  try {
    return fstatSync(file).mtimeMs
  } finally {
    closeSync(file)
    removeFile(probe)
  }
}
