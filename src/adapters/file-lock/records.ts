import {randomUUID} from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import {type LockOwner, parseLockOwner} from '../../domain/lock-owner.js'

/** A lock's file, as it was read. */
export interface LockRecord {
  /** `undefined` when the file is not of our making, or not whole. */
  readonly owner: LockOwner | undefined
  /** Names this record and no other. */
  readonly nonce: string
  /** Its age by the clock of the file system, in milliseconds: clocks of machines differ. */
  readonly ageMs: () => number
}

/** Some file systems know no hard links; there a record may be seen before it is whole. */
const NO_LINKS = new Set(['EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM'])

/**
 * Puts a text at a free name, whole from the first instant.
 *
 * @returns `false` when the name is taken
 */
export function publish(path: string, temporary: string, text: string): boolean {
  const file = openSync(temporary, 'wx', 0o600)
  try {
    try {
      fchmodSync(file, 0o600) // the umask may have taken bits away
      writeSync(file, text)
    } finally {
      closeSync(file)
    }
    linkSync(temporary, path)
    return true
  } catch (error) {
    // Over NFS the answer to a link that was made may be lost, and its repetition fails.
    if (codeOf(error) === 'EEXIST') return statSync(temporary).nlink === 2
    if (NO_LINKS.has(codeOf(error) ?? '')) return publishUnlinked(path, text)
    throw error
  } finally {
    removeFile(temporary)
  }
}

function publishUnlinked(path: string, text: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, text)
    closeSync(file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** @returns `undefined` where nothing is */
export function readRecord(path: string): LockRecord | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    const {mtimeMs, ino} = fstatSync(file)
    const owner = parseLockOwner(readFileSync(file, 'utf8'))
    const nonce = owner?.nonce ?? `unreadable-${ino}`
    return {owner, nonce, ageMs: () => fileSystemNow(path) - mtimeMs}
  } finally {
    closeSync(file)
  }
}

export function removeFile(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** What time it is by the clock of the file server. */
function fileSystemNow(path: string): number {
  const probe = `${path}.${process.pid}.${randomUUID()}.tmp`
  const file = openSync(probe, 'wx', 0o600)
  try {
    return fstatSync(file).mtimeMs
  } finally {
    closeSync(file)
    removeFile(probe)
  }
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
