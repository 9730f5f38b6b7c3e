import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs'
import {codeOf} from '../../domain/errors/system-error.js'
import {whileHeld} from '../held-file.js'
import {keepToOwner} from '../own-file.js'

const FILE_MODE = 0o600

/** Some file systems cannot sync a folder, and some folders may be written but not opened. */
const NO_FOLDER_SYNC = new Set(['EACCES', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM'])

export function writeNew(path: string, contents: string | Uint8Array): void {
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

/**
 * For a file of Windows that somebody keeps open, so that nothing can take its place: tokens that
 * exist nowhere else would be lost. Until this is whole, the temporary file is.
 */
export function writeInPlace(target: string, contents: string | Uint8Array): void {
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

/** What is in the way of that is what was in the way before: the first error tells more. */
export function remove(path: string): void {
  try {
    whileHeld(() => rmSync(path, {force: true}))
  } catch {
    // The first error is the one to report.
  }
}
