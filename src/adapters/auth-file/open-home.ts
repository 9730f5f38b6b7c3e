import {chmodSync, lstatSync, readdirSync, realpathSync, statSync} from 'node:fs'
import {join, parse} from 'node:path'
import {withOwnFile} from '../own-file.js'

const [OTHERS, READ, WRITE, ENTER, STICKY] = [0o077, 0o044, 0o022, 0o011, 0o1000]
/** Files that contain secrets, or may. */
const SECRET = /^(auth\.json(\.[\w.-]+)?|history\.jsonl)$/
const NO_SECRET = /^auth\.json\.(lock|refresh)/

/**
 * Restricts a home in which others could write or read secrets, and the files that they could read.
 * A home in which they saw only names is restricted by the next write, without a notice.
 *
 * @param home - the folder; nothing is done where it does not exist, or belongs to another user
 * @returns the notice for the user, in one line
 */
export function closeOpenHome(home: string): string[] {
  const stats = statSync(home, {throwIfNoEntry: false})
  if (stats === undefined || process.geteuid === undefined) return []
  const {uid, mode} = stats
  if ((mode & OTHERS) === 0 || uid !== process.geteuid()) return []
  // Root may own a folder that everybody shares; a write refuses that.
  if ((mode & STICKY) !== 0 || isRoot(home)) return []
  const names = (mode & ENTER) === 0 ? [] : openFilesIn(home)
  const isWritable = (mode & WRITE) !== 0
  if (names.length === 0 && !isWritable) return []
  const could = [
    ...(isWritable ? ['change what is in it'] : []),
    ...(names.length > 0 ? [`read ${names.join(', ')}`] : []),
  ].join(' and ')
  const was = `${home} was open to other users (mode ${(mode & 0o777).toString(8)}), who could ${could}.`
  const isClosed = close(home, names)
  if (isClosed && (statSync(home).mode & OTHERS) !== 0) return [] // its drive has no modes
  const now = isClosed
    ? 'Now only you can read it.'
    : 'That could not be repaired: run `chmod -R go-rwx` on it.'
  const then = 'If you do not trust them, sign in again and replace the keys.'
  return [[was, now, ...(names.length > 0 ? [then] : [])].join(' ')]
}

function openFilesIn(home: string): string[] {
  try {
    return readdirSync(home)
      .filter((name) => SECRET.test(name) && !NO_SECRET.test(name))
      .filter((name) => {
        const stats = lstatSync(join(home, name))
        return stats.isFile() && (stats.mode & READ) !== 0
      })
      .sort()
  } catch {
    return []
  }
}

function close(home: string, names: readonly string[]): boolean {
  try {
    chmodSync(home, 0o700)
    for (const name of names) withOwnFile(join(home, name), {}, () => undefined)
    return true
  } catch {
    return false
  }
}

function isRoot(home: string): boolean {
  return realpathSync.native(home) === parse(home).root
}
