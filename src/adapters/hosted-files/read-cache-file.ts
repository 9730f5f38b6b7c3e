import {closeSync, constants, fchmodSync, fstatSync, openSync, readFileSync} from 'node:fs'

/** No copy of ours is larger: the parsers bound what is stored. */
const MOST_BYTES = 8 * 1024 * 1024
const OTHERS = 0o077
// Without O_NONBLOCK, opening a FIFO waits for somebody to write to it.
const READ = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/**
 * The text of a file that can be had anew from the server: `undefined`, never an error, where it is
 * missing, unreadable, too large, no regular file, or another user's. Takes the rights of others
 * away from it.
 */
export function readCacheFile(path: string): string | undefined {
  try {
    const file = openSync(path, READ)
    try {
      const stats = fstatSync(file)
      const isOurs = process.geteuid === undefined || stats.uid === process.geteuid()
      if (!stats.isFile() || !isOurs || stats.size > MOST_BYTES) return undefined
      if (process.geteuid !== undefined && (stats.mode & OTHERS) !== 0) fchmodSync(file, 0o600)
      return readFileSync(file, 'utf8')
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}
