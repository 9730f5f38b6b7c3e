import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {codeOf} from '../../domain/errors/system-error.js'
import {whileHeld} from '../held-file.js'
import {keepToOwner} from '../own-file.js'

const FILE_MODE = 0o600

/** Some file systems cannot sync a folder, and some folders may be written but not opened. */
const NO_FOLDER_SYNC = new Set(['EACCES', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM'])

/** Creates a file (mode 0600, whatever the umask); when that fails, none is left. */
export function writeNew(path: string, contents: string | Uint8Array): void {
  const file = whileHeld(() => openSync(path, 'wx', FILE_MODE))
  try {
    try {
      keepToOwner(() => fchmodSync(file, FILE_MODE)) // the umask may have removed bits
      fill(file, contents)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    remove(path)
    throw error
  }
}

/**
 * For a file on Windows that another program keeps open, so that it cannot be replaced: tokens that
 * exist nowhere else would be lost. The temporary file stays until this one is complete.
 */
export function writeInPlace(target: string, contents: string | Uint8Array): void {
  const file = whileHeld(() => openSync(target, 'r+'))
  try {
    ftruncateSync(file, Math.min(fstatSync(file).size, Buffer.byteLength(contents)))
    fill(file, contents)
  } finally {
    closeSync(file)
  }
}

/** `writeFileSync` repeats short writes, as they happen on a disk that is nearly full. */
function fill(file: number, contents: string | Uint8Array): void {
  writeFileSync(file, typeof contents === 'string' ? Buffer.from(contents) : contents)
  fsyncSync(file)
  if (fstatSync(file).size === Buffer.byteLength(contents)) return
  throw Object.assign(new Error('Cut short.'), {code: 'ENOSPC'})
}

/** Makes renames and new files in a folder survive a power cut. */
export function syncFolder(folder: string): void {
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

/** A failure here has the same cause as the failure before, whose error says more. */
export function remove(path: string): void {
  try {
    whileHeld(() => rmSync(path, {force: true}))
  } catch {
    // The first error is the one to report.
  }
}
