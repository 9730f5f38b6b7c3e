import {randomUUID} from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import {basename, dirname, isAbsolute, join} from 'node:path'
import {writeTrouble} from '../domain/files/write-trouble.js'
import {codeOf} from '../domain/errors/system-error.js'
import {isHeld, makeReplaceable, whileHeld} from './held-file.js'
import {keepToOwner, refuseMissingRoot, refuseOtherOwner} from './own-file.js'

// Synchronous throughout: no signal comes in between, and nothing goes on in a thread of its own
// when the process is killed.

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700
const MAX_LINKS = 40 // as Linux has it

/** Some file systems cannot sync a folder, and some folders may be written but not opened. */
const NO_FOLDER_SYNC = new Set(['EACCES', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM'])

/** No link, nothing at all, or a file system of Windows that knows no links (FAT, exFAT). */
const NO_LINK = new Set(['EINVAL', 'EISDIR', 'ENOENT', 'UNKNOWN'])

/** A writer who may lose the right to write before the last step. */
export interface Fence {
  /** Names the temporary file: whoever takes the right away removes it, before anything else. */
  readonly nonce: string
  readonly mayCommit: () => boolean
}

/** The right to write was taken away; nothing was written. */
export class FencedOffError extends Error {}

/**
 * Replaces a file, or makes it, for its owner alone (mode 0600, whatever the umask). Readers see
 * the old contents or the new ones, never half; and when it returns, a power cut cannot bring the
 * old ones back. A symbolic link in its place is replaced, not followed.
 *
 * @throws {LocalFileError} exit 1, with the old file as it was; only when the folder cannot be
 *   synced, the new file is in place and may be lost in a power cut
 * @throws {FencedOffError} with the file as it was
 */
export async function replaceFile(
  path: string,
  contents: string | Uint8Array,
  fence?: Fence,
): Promise<void> {
  const {nonce, mayCommit} = fence ?? {nonce: randomUUID(), mayCommit: () => true}
  try {
    makeMissingFolder(dirname(path))
    const temporary = `${path}.${nonce}.tmp`
    writeNew(temporary, contents)
    const inPlace = fence && (() => writeInPlace(path, contents))
    commit(temporary, path, mayCommit, inPlace)
    syncFolder(dirname(path)) // else the rename itself may be lost
  } catch (error) {
    throw writeTrouble(path, error)
  }
}

/**
 * Puts contents into a new file (mode 0600) that replaces nothing: when the name is taken, it gets
 * a number behind it. Durable when it returns.
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
 * The file at the end of the links, in a folder of this user's that is made where it is missing.
 *
 * @throws {LocalFileError} exit 1
 */
export function prepareTarget(path: string): string {
  try {
    const target = followLinks(path)
    makeMissingFolder(dirname(target))
    refuseOtherOwner(dirname(target), statSync(dirname(target)))
    return target
  } catch (error) {
    throw writeTrouble(path, error)
  }
}

/**
 * Removes what writers of a file left that were killed, or that lost the right to write: their
 * temporary files hold secrets. Never throws.
 *
 * @param olderThanMs - where no lock says that nobody writes now
 */
export function removeLeftovers(target: string, olderThanMs = 0): void {
  try {
    for (const path of leftoversOf(target)) {
      const madeAt = Math.floor(lstatSync(path).mtimeMs) // our clock has whole milliseconds
      if (Date.now() - madeAt >= olderThanMs) whileHeld(() => rmSync(path, {force: true}))
    }
  } catch {
    // What is in the way of that is in the way of the write, too, and is told there.
  }
}

/** The temporary files of a target. */
export function leftoversOf(target: string): string[] {
  const [folder, prefix] = [dirname(target), `${basename(target)}.`]
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && /^[\w-]{36}\.tmp$/.test(name.slice(prefix.length)))
    .map((name) => join(folder, name))
}

/** @param inPlace - where nobody else writes: the last resort for a file that is held open */
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

/**
 * For a file of Windows that somebody keeps open, so that nothing can take its place: tokens that
 * exist nowhere else would be lost. Until this is whole, the temporary file is.
 */
function writeInPlace(target: string, contents: string | Uint8Array): void {
  const bytes = bytesOf(contents)
  const file = whileHeld(() => openSync(target, 'r+'))
  try {
    writeAll(file, bytes)
    ftruncateSync(file, bytes.byteLength)
    fsyncSync(file)
    checkSize(file, bytes.byteLength)
  } finally {
    closeSync(file)
  }
}

/** The file at the end of the links, which need not be there. `realpath` would insist on it. */
function followLinks(path: string): string {
  let current = path
  for (let links = 0; links <= MAX_LINKS; links += 1) {
    const link = linkAt(current)
    if (link === undefined) return current
    // Not normalised: a `..` in it may follow another link. The kernel knows.
    current = isAbsolute(link) ? link : `${realpathSync.native(dirname(current))}/${link}`
  }
  throw Object.assign(new Error('Too many links.'), {code: 'ELOOP'})
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch (error) {
    if (NO_LINK.has(codeOf(error) ?? '')) return undefined
    throw error
  }
}

/** One by one: under a hostile umask, a new folder cannot be entered before its mode is set. */
function makeMissingFolder(folder: string): void {
  if (existsSync(folder)) return
  refuseMissingRoot(folder)
  makeMissingFolder(dirname(folder))
  try {
    mkdirSync(folder, FOLDER_MODE)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error // else somebody was faster
  }
  keepToOwner(() => chmodSync(folder, FOLDER_MODE))
}

function writeNew(path: string, contents: string | Uint8Array): void {
  const bytes = bytesOf(contents)
  const file = whileHeld(() => openSync(path, 'wx', FILE_MODE))
  try {
    try {
      keepToOwner(() => fchmodSync(file, FILE_MODE)) // the umask may have taken bits away
      writeAll(file, bytes)
      fsyncSync(file)
      checkSize(file, bytes.byteLength)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    remove(path)
    throw error
  }
}

function bytesOf(contents: string | Uint8Array): Uint8Array {
  return typeof contents === 'string' ? Buffer.from(contents) : contents
}

/** One write may store less than asked, without an error: on a disk that is nearly full, it does. */
function writeAll(file: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.byteLength) {
    const more = writeSync(file, bytes, written)
    if (more === 0) return // the size will tell
    written += more
  }
}

function checkSize(file: number, expected: number): void {
  if (fstatSync(file).size !== expected) {
    throw Object.assign(new Error('Cut short.'), {code: 'ENOSPC'})
  }
}

function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(codeOf(error) ?? '')) throw error
  }
}

/** What is in the way of that is what was in the way before: the first error tells more. */
function remove(path: string): void {
  try {
    whileHeld(() => rmSync(path, {force: true}))
  } catch {
    // The first error is the one to report.
  }
}
