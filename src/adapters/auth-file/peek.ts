import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs'
import {MOST_BYTES} from './read-own-file.js'

// Without O_NONBLOCK, opening a FIFO waits for somebody to write to it.
const READ = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/**
 * The contents of an auth file for whoever has to know what must not be printed: nothing is judged
 * and nothing repaired. `undefined` where it cannot be read.
 */
export function peekAt(path: string): Uint8Array | undefined {
  try {
    const file = openSync(path, READ)
    try {
      const stats = fstatSync(file)
      return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(file) : undefined
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}
