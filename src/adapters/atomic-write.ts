import {randomUUID} from 'node:crypto'
import {existsSync, renameSync} from 'node:fs'
import {dirname} from 'node:path'
import {writeTrouble} from '../domain/files/write-trouble.js'
import {codeOf} from '../domain/errors/system-error.js'
import {remove, syncFolder, writeInPlace, writeNew} from './atomic-write/durable-file.js'
import {makeMissingFolder} from './atomic-write/target.js'
import {temporaryFileOf} from './atomic-write/temporary-files.js'
import {isHeld, makeReplaceable, whileHeld} from './held-file.js'

// Synchronous throughout: no signal handler runs in between, and no other thread continues the work
// when the process is killed.

/** A writer that can lose the right to write before the last step. */
export interface Fence {
  /** Names the temporary file: a process that takes over the right removes that file first. */
  readonly nonce: string
  readonly mayCommit: () => boolean
}

/** The right to write was lost; nothing was written. */
export class FencedOffError extends Error {}

/**
 * Replaces or creates a file for its owner only (mode 0600, whatever the umask). Readers see the
 * old contents or the new ones, never half; and when it returns, a power cut cannot bring the old
 * ones back. A symbolic link in its place is replaced, not followed.
 *
 * @throws {LocalFileError} exit 1, with the old file unchanged; only when the folder cannot be
 *   synced, the new file is in place and may be lost in a power cut
 * @throws {FencedOffError} with the file unchanged
 */
export async function replaceFile(
  path: string,
  contents: string | Uint8Array,
  fence?: Fence,
): Promise<void> {
  const {nonce, mayCommit} = fence ?? {nonce: randomUUID(), mayCommit: () => true}
  try {
    makeMissingFolder(dirname(path))
    const temporary = temporaryFileOf(path, nonce)
    writeNew(temporary, contents)
    const inPlace = fence && (() => writeInPlace(path, contents))
    commit(temporary, path, mayCommit, inPlace)
    syncFolder(dirname(path)) // otherwise the rename itself may be lost
  } catch (error) {
    throw writeTrouble(path, error)
  }
}

/**
 * Puts contents into a new file (mode 0600) without replacing anything: when the name is taken, a
 * number is appended. Durable when it returns.
 *
 * @returns the path of the file
 * @throws {LocalFileError} exit 1, with nothing left behind
 */
export async function keepAside(path: string, contents: string | Uint8Array): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? path : `${path}-${number}`
    try {
      writeNew(candidate, contents)
      syncFolder(dirname(candidate))
      return candidate
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw writeTrouble(candidate, error)
    }
  }
}

/**
 * @param inPlace - where nobody else writes: the last resort for a file that another program holds
 */
function commit(
  temporary: string,
  target: string,
  mayCommit: () => boolean,
  inPlace?: () => void,
): void {
  try {
    if (!mayCommit()) throw new FencedOffError()
    try {
      makeReplaceable(target)
      whileHeld(() => renameSync(temporary, target))
    } catch (error) {
      if (inPlace === undefined || !isHeld(error) || !existsSync(temporary)) throw error
      if (!mayCommit()) throw new FencedOffError()
      inPlace()
      remove(temporary)
    }
  } catch (error) {
    const isRobbed = codeOf(error) === 'ENOENT' && !existsSync(temporary)
    remove(temporary)
    throw isRobbed ? new FencedOffError() : error
  }
}
