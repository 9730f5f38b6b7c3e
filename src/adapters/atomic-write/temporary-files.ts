import {lstatSync, readdirSync, rmSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {whileHeld} from '../held-file.js'

/** @param nonce - a UUID, or as long as one */
export function temporaryFileOf(target: string, nonce: string): string {
  return `${target}.${nonce}.tmp`
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
