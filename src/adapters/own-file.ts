// The only module that opens existing files of ours. Another user may have prepared them: no link
// is followed, a pipe is not waited for, and anything but a regular file of this user is refused
// before a byte of it is read or written.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs'
import {dirname} from 'node:path'
import {LocalFileError} from '../domain/errors/local-files.js'
import {codeOf} from '../domain/errors/system-error.js'
import {whileHeld} from './held-file.js'

const FILE_MODE = 0o600
const OTHERS = 0o077
// Without O_NONBLOCK, opening a FIFO blocks until its other end is opened.
const SAFELY = constants.O_NONBLOCK | constants.O_NOCTTY

/** The error codes of a drive without modes when one is set: FAT, some network drives. */
const NO_MODES = new Set(['ENOSYS', 'ENOTSUP', 'EPERM'])

interface OwnFileRules {
  /** As in open(2); for reading when absent. */
  readonly flags?: number
  readonly maxBytes?: number
  /** For `auth.json` only: its link target is checked, together with its folder. */
  readonly mayBeLink?: true
  /** Leaves the permissions of others: for callers that cannot notify the user. */
  readonly leavesMode?: true
}

/** Something that is not a regular file is in the place of one of ours. */
export class NotOurFileError extends LocalFileError {}

/** The error codes of opening things that are not files. */
const IN_THE_WAY: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder, not a file',
  ENXIO: 'is a socket or a pipe, not a file',
}

/** An open file, and its state when it was opened. */
export interface OpenFile {
  readonly file: number
  readonly stats: Stats
}

/**
 * Opens one of our files, and removes the permissions of others from it.
 *
 * @returns `undefined` where there is no file; the caller closes it
 * @throws {NotOurFileError} exit 1; {LocalFileError} exit 1, when it or its folder belongs to
 *   another user; otherwise the system's error
 */
export function openOwnFile(path: string, rules: OwnFileRules = {}): OpenFile | undefined {
  const {flags = constants.O_RDONLY, mayBeLink} = rules
  try {
    refuseOtherOwner(dirname(path), statSync(dirname(path)))
    const noLink = mayBeLink === true ? 0 : constants.O_NOFOLLOW
    const file = whileHeld(() => openSync(path, flags | SAFELY | noLink, FILE_MODE))
    try {
      return {file, stats: judge(path, file, rules)}
    } catch (error) {
      closeSync(file)
      throw error
    }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return undefined
    const isLink = code === 'ELOOP' && mayBeLink !== true && isLinkAt(path)
    const flaw = isLink ? 'is a symbolic link, not a file' : IN_THE_WAY[code ?? '']
    throw flaw === undefined ? error : notOurs(path, flaw)
  }
}

/** Runs a function with a file from {@link openOwnFile}. */
export function withOwnFile<T>(
  path: string,
  rules: OwnFileRules,
  work: (file: number, stats: Stats) => T,
): T | undefined {
  const opened = openOwnFile(path, rules)
  if (opened === undefined) return undefined
  try {
    return work(opened.file, opened.stats)
  } finally {
    closeSync(opened.file)
  }
}

/** The text of an optional file: `undefined`, never an error. */
export function textIfOurs(path: string, maxBytes: number): string | undefined {
  try {
    return withOwnFile(path, {maxBytes}, (file) => readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether a folder exists, is not a link, and belongs to this user. */
export function isOwnFolder(path: string): boolean {
  try {
    const stats = lstatSync(path)
    return stats.isDirectory() && !isOthers(stats)
  } catch {
    return false
  }
}

/** @throws {LocalFileError} exit 1 */
export function refuseOtherOwner(path: string, stats: Stats): void {
  if (!isOthers(stats)) return
  throw new LocalFileError(
    `${path} belongs to another user.`,
    'Correct the owner, or set MOGPLEX_HOME to a folder of your own.',
  )
}

/**
 * For a folder that is to be created: the root of a drive cannot be.
 *
 * @throws {LocalFileError} exit 1
 */
export function refuseMissingRoot(folder: string): void {
  if (dirname(folder) !== folder) return
  throw new LocalFileError(
    `${folder} does not exist: its drive or share is not connected.`,
    'Connect it, or set MOGPLEX_HOME to another folder.',
  )
}

export function tooLarge(path: string, maxBytes: number): LocalFileError {
  return notOurs(path, `is larger than ${Math.round(maxBytes / 2 ** 20)} MB`)
}

/**
 * Changes the mode of one of our files. A drive without modes refuses that, or does nothing: files
 * stored there are usable all the same, and callers that store a secret warn about it.
 */
export function keepToOwner(change: () => void): void {
  try {
    change()
  } catch (error) {
    if (!NO_MODES.has(codeOf(error) ?? '')) throw error
  }
}

/** Whether a file or folder belongs to another user. Windows has no user ids. */
function isOthers({uid}: Stats): boolean {
  return process.geteuid !== undefined && uid !== process.geteuid()
}

function judge(path: string, file: number, rules: OwnFileRules): Stats {
  const {flags = constants.O_RDONLY, maxBytes = Infinity, mayBeLink, leavesMode} = rules
  const stats = fstatSync(file)
  const flaw = flawOf(stats)
  if (flaw !== undefined) throw notOurs(path, flaw)
  refuseOtherOwner(path, stats)
  if (stats.size > maxBytes) throw tooLarge(path, maxBytes)
  if (mayBeLink === true) {
    const folder = dirname(realpathSync.native(path))
    refuseOtherOwner(folder, statSync(folder))
  }
  if (leavesMode !== true) takeRightsOfOthers(file, stats, flags)
  return stats
}

function flawOf(stats: Stats): string | undefined {
  if (stats.isFIFO()) return 'is a named pipe (FIFO), not a file'
  if (stats.isDirectory()) return IN_THE_WAY.EISDIR
  return stats.isFile() ? undefined : 'is a device, not a file'
}

function notOurs(path: string, flaw: string): NotOurFileError {
  return new NotOurFileError(`${path} ${flaw}.`, 'Move it away, then run the command again.')
}

function takeRightsOfOthers(file: number, {mode}: Stats, flags: number): void {
  if (process.geteuid === undefined) return // Windows has no modes of this kind
  const mayBeNew = (flags & constants.O_CREAT) !== 0 // then the umask may have removed bits
  if (mayBeNew ? (mode & 0o777) === FILE_MODE : (mode & OTHERS) === 0) return
  try {
    fchmodSync(file, FILE_MODE)
  } catch {
    // On a read-only disk, for example. The caller that notifies the user checks again.
  }
}

function isLinkAt(path: string): boolean {
  return lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink() === true
}
