import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs'
import {userInfo} from 'node:os'
import {dirname, isAbsolute, join, parse, resolve} from 'node:path'
import {type Environment, valueOf} from '../domain/settings/environment.js'
import {LocalFileError} from '../domain/errors/local-files.js'
import {codeOf, whyOf} from '../domain/errors/system-error.js'
import {keepToOwner, refuseMissingRoot, refuseOtherOwner} from './own-file.js'

export interface Home {
  /** Absolute. The folder need not exist. */
  readonly path: string
  readonly from: 'CODEX_HOME' | 'MOGPLEX_HOME' | 'default'
  /** Notices for the user, one line each. */
  readonly notices: readonly string[]
}

const OWNER_ONLY = 0o700
const OTHERS = 0o077
const STICKY = 0o1000

/**
 * Finds the folder of our files: `MOGPLEX_HOME`, otherwise `CODEX_HOME` (deprecated), otherwise
 * `~/.mogplex`. Creates nothing and reads nothing.
 *
 * @param osHomeFolder - the user's home folder, from HOME. An empty or a relative one would mean
 *   the current folder, and with it the files of any project: it is ignored
 * @param cwd - the base of a relative value
 */
export function findHome(env: Environment, osHomeFolder: string, cwd: string): Home {
  const ours = valueOf(env, 'MOGPLEX_HOME')
  if (ours !== undefined) return {path: resolve(cwd, ours), from: 'MOGPLEX_HOME', notices: []}
  const codex = valueOf(env, 'CODEX_HOME')
  if (codex === undefined) {
    const folder = isAbsolute(osHomeFolder) ? osHomeFolder : systemHomeFolder()
    return {path: join(folder, '.mogplex'), from: 'default', notices: []}
  }
  const notices = ['CODEX_HOME is deprecated here: set MOGPLEX_HOME instead.']
  return {path: resolve(cwd, codex), from: 'CODEX_HOME', notices}
}

function systemHomeFolder(): string {
  try {
    return resolve('/', userInfo().homedir)
  } catch {
    return resolve('/') // a user without an entry in the system
  }
}

/**
 * Creates a folder with its parents, for its owner only (0700, whatever the umask), and removes the
 * permissions of others from an existing one. A symbolic link stays, and its target is created.
 *
 * @param name - of a folder in it, which is created, too, and must not be a link: the target of a
 *   link was not created for us
 * @throws {LocalFileError} exit 1, when a file is in its place, when it belongs to another user or
 *   is shared by everybody, or when it cannot be created
 */
export function ensureFolder(path: string, name?: string): void {
  ensureOne(path)
  if (name === undefined) return
  const inside = join(path, name)
  if (lstatSync(inside, {throwIfNoEntry: false})?.isSymbolicLink() === true) {
    throw new LocalFileError(
      `${inside} is a symbolic link, not a folder.`,
      'Remove the link, then run the command again.',
    )
  }
  ensureOne(inside)
}

function ensureOne(path: string): void {
  let stats: Stats | undefined
  try {
    stats = look(path)
    if (stats === undefined) makeFolder(path)
    else closeToOthers(path, stats)
  } catch (error) {
    throw explained(path, error, stats === undefined ? 'made' : 'restricted to its owner')
  }
}

function makeFolder(path: string): void {
  refuseMissingRoot(path)
  const above = dirname(path)
  const stats = look(above)
  if (stats === undefined) makeFolder(above)
  else if (!stats.isDirectory()) throw notAFolder(above)
  try {
    mkdirSync(path, OWNER_ONLY)
    keepToOwner(() => chmodSync(path, OWNER_ONLY)) // the umask may have removed bits
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    const madeMeanwhile = look(path)
    if (madeMeanwhile === undefined) makeFolder(targetOf(path))
    else closeToOthers(path, madeMeanwhile)
  }
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    // A path below a file does not exist either; the loop finds the file on the way up.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

/** The target of a link, as the kernel resolves it: a `..` in it may follow another link. */
function targetOf(link: string): string {
  const target = readlinkSync(link)
  return isAbsolute(target) ? target : `${realpathSync.native(dirname(link))}/${target}`
}

function closeToOthers(path: string, stats: Stats): void {
  if (!stats.isDirectory()) throw notAFolder(path)
  if (process.geteuid === undefined) return // Windows has neither owners nor modes of this kind
  refuseOtherOwner(path, stats)
  if ((stats.mode & OTHERS) === 0) return
  // Root may own a shared folder: closing `/` or `/tmp` would break the machine.
  if ((stats.mode & STICKY) !== 0 || realpathSync.native(path) === parse(resolve(path)).root) {
    throw new LocalFileError(
      `${path} is open to every user, so it cannot be restricted to its owner.`,
      'Set MOGPLEX_HOME to a separate folder.',
    )
  }
  keepToOwner(() => chmodSync(path, OWNER_ONLY))
}

function notAFolder(path: string): LocalFileError {
  return new LocalFileError(
    `${path} is a file, not a folder.`,
    'Move it away, or set MOGPLEX_HOME to another folder.',
  )
}

function explained(path: string, error: unknown, wanted: string): unknown {
  if (codeOf(error) === undefined || error instanceof LocalFileError) return error
  return new LocalFileError(
    `${path} cannot be ${wanted}: ${whyOf(error)}.`,
    'Correct that, or set MOGPLEX_HOME to another folder.',
  )
}
