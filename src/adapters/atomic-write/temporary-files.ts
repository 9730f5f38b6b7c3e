import {lstatSync, readdirSync, rmSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {whileHeld} from '../held-file.js'

/** @param nonce - a UUID: {@link leftoversOf} finds the file by that length */
export function temporaryFileOf(target: string, nonce: string): string {
  return `${target}.${nonce}.tmp`
}

/**
 * Removes temporary files of writers that were killed, or that lost the right to write: they
 * contain secrets. Never throws.
 *
 * @param olderThanMs - where no lock proves that nobody is writing now
 */
export function removeLeftovers(target: string, olderThanMs = 0): void {
  try {
    for (const path of leftoversOf(target)) {
      const madeAt = Math.floor(lstatSync(path).mtimeMs) // our clock has whole milliseconds
      if (Date.now() - madeAt >= olderThanMs) whileHeld(() => rmSync(path, {force: true}))
    }
  } catch {
    // What prevents this also prevents the write, and is reported there.
  }
}

/** The temporary files of a target. */
export function leftoversOf(target: string): string[] {
  const [folder, prefix] = [dirname(target), `${basename(target)}.`]
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && /^[\w-]{36}\.tmp$/.test(name.slice(prefix.length)))
    .map((name) => join(folder, name))
}
