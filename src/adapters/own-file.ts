// The one place where a file of ours that is there is opened. Others may have prepared it: no link
// is followed, nobody waits at a pipe, and what is not a plain file of this user is refused before
// a byte of it is read or written.
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
// Without O_NONBLOCK, opening a FIFO waits for somebody at its other end.
const SAFELY = constants.O_NONBLOCK | constants.O_NOCTTY

/** What a drive without modes says when one is set: FAT, some network drives. */
const NO_MODES = new Set(['ENOSYS', 'ENOTSUP', 'EPERM'])

interface OwnFileRules {
  /** As for open(2); to read, when absent. */
  readonly flags?: number
  readonly maxBytes?: number
  /** For `auth.json` alone: its target is judged in its place, with the folder of that. */
  readonly mayBeLink?: true
  /** Leaves the rights of others: for whoever cannot tell the user about them. */
  readonly leavesMode?: true
}

/** Something is in the place of a file of ours that is none. */
export class NotOurFileError extends LocalFileError {}

/** What opening says of things that are not files. */
const IN_THE_WAY: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder, not a file',
  ENXIO: 'is a socket or a pipe, not a file',
}

/** An open file, and what it was like when it was opened. */
export interface OpenFile {
  readonly file: number
  readonly stats: Stats
}

/**
 * Opens a file of ours, and takes the rights of others away from it.
 *
 * @returns `undefined` where there is no file; whoever gets one closes it
 * @throws {NotOurFileError} exit 1; {LocalFileError} exit 1, when it or its folder is another
 *   user's; else the system's error
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

/** Works with a file as {@link openOwnFile} opens it. */
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

/** The text of a file of ours that can be done without: `undefined`, never an error. */
export function textIfOurs(path: string, maxBytes: number): string | undefined {
  try {
    return withOwnFile(path, {maxBytes}, (file) => readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether a folder is there, no link, and this user's. */
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
 * For a folder that is to be made: nobody makes the root of a drive.
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
 * Changes the mode of what is ours. A drive without modes refuses that, or does nothing: what is
 * stored there can be used all the same, and whoever stores a secret says so.
 */
export function keepToOwner(change: () => void): void {
  try {
    change()
  } catch (error) {
    if (!NO_MODES.has(codeOf(error) ?? '')) throw error
  }
}

/** Whether a file or folder is another user's. Windows has no user ids. */
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
  const mayBeNew = (flags & constants.O_CREAT) !== 0 // then the umask may have taken bits away
  if (mayBeNew ? (mode & 0o777) === FILE_MODE : (mode & OTHERS) === 0) return
  try {
    fchmodSync(file, FILE_MODE)
  } catch {
    // On a disk that is read-only, for example. Whoever tells the user looks again.
  }
}

function isLinkAt(path: string): boolean {
  return lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink() === true
}
