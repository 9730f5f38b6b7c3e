import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs'
import type {Stats} from 'node:fs'
import {dirname} from 'node:path'
import {LocalFileError} from '../../domain/errors/local-files.js'

/** No auth file is larger. */
export const MOST_BYTES = 1_048_576
const OTHERS = 0o077
// Without O_NONBLOCK, opening a FIFO waits for somebody to write to it.
const READ = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  ELOOP: 'its symbolic links lead in a circle',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENXIO: 'it is a socket or a device, not a file',
  EPERM: 'access is denied',
}

/**
 * Reads a file that must be a regular one and ours; takes the rights of others away from it.
 *
 * @returns no bytes where there is no file; and what the user should hear, one line each
 * @throws {LocalFileError} exit 1, naming the path, never the contents
 */
export function readOwnFile(path: string): {bytes: Uint8Array | undefined; notices: string[]} {
  try {
    refuseOtherOwner(dirname(path), statSync(dirname(path)))
    const file = openSync(path, READ)
    try {
      const stats = fstatSync(file)
      refuseOtherKind(path, stats)
      refuseOtherOwner(path, stats)
      if (stats.size > MOST_BYTES) throw tooLarge(path)
      return {bytes: readFileSync(file), notices: repairMode(path, file, stats)}
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof LocalFileError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT') return {bytes: undefined, notices: []}
    throw new LocalFileError(
      `${path} cannot be read: ${WHY[code] ?? code}.`,
      'Check what is there, its owner and its mode.',
    )
  }
}

function refuseOtherKind(path: string, stats: Stats): void {
  if (stats.isFile()) return
  const device = stats.isSocket() ? 'a socket' : 'a device'
  const other = stats.isFIFO() ? 'a named pipe (FIFO)' : device
  throw new LocalFileError(
    `${path} is ${stats.isDirectory() ? 'a folder' : other}, not a file.`,
    'Move it away, then run `mogplex login`.',
  )
}

function refuseOtherOwner(path: string, {uid}: Stats): void {
  // Windows has no user ids.
  if (process.geteuid === undefined || uid === process.geteuid()) return
  throw new LocalFileError(
    `${path} belongs to another user.`,
    'Correct the owner, or set MOGPLEX_HOME to a folder of your own.',
  )
}

/** @returns what the user should know: whoever could read the file may have done so */
function repairMode(path: string, file: number, {mode}: Stats): string[] {
  if (process.geteuid === undefined || (mode & OTHERS) === 0) return []
  const open = `${path} was open to other users (mode ${(mode & 0o777).toString(8)})`
  try {
    fchmodSync(file, 0o600)
    return [`${open}. It is for you alone now.`]
  } catch {
    return [`${open}, and that could not be repaired. Run \`chmod 600\` on it.`]
  }
}

export function tooLarge(path: string): LocalFileError {
  return new LocalFileError(
    `${path} is larger than 1 MB: that is no auth file.`,
    'Move it away, then run `mogplex login`.',
  )
}
