import {randomUUID} from 'node:crypto'
import {lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'

const FOLDER_MODE = 0o755 // minus the umask
const FILE_MODE = 0o644 // files of a skill are not executable
const LEFTOVER_MS = 60 * 60 * 1000

/**
 * Replaces or creates a folder. Readers see the old folder or the new one, for a moment none, never
 * half of one; on failure, the old one is restored.
 *
 * @param files - by their paths, with slashes
 * @param mayGo - called for the old folder after it was moved away, before it is deleted
 */
export function putFolder(
  path: string,
  files: ReadonlyMap<string, Uint8Array>,
  mayGo: ((aside: string) => void) | undefined,
): void {
  mkdirSync(dirname(path), {recursive: true, mode: FOLDER_MODE})
  const temporary = sibling(path, 'tmp')
  try {
    writeTree(temporary, files)
    if (mayGo === undefined) renameSync(temporary, path)
    else takeAway(path, mayGo, () => renameSync(temporary, path))
  } finally {
    rmSync(temporary, {recursive: true, force: true})
  }
}

/** Removes a folder; if `mayGo` throws, it is restored. */
export function takeAway(path: string, mayGo: (aside: string) => void, then = () => {}): void {
  const aside = sibling(path, 'old')
  renameSync(path, aside)
  try {
    mayGo(aside)
    then()
  } catch (error) {
    renameSync(aside, path)
    throw error
  }
  rmSync(aside, {recursive: true, force: true})
}

/** Removes what killed processes left beside a folder. Never throws. */
export function sweepBeside(path: string, now = Date.now()): void {
  const prefix = `.${basename(path)}.`
  try {
    for (const name of readdirSync(dirname(path))) {
      if (!name.startsWith(prefix) || !/^[\w-]{36}\.(old|tmp)$/.test(name.slice(prefix.length))) {
        continue
      }
      const leftover = join(dirname(path), name)
      if (now - lstatSync(leftover).ctimeMs < LEFTOVER_MS) continue
      rmSync(leftover, {recursive: true, force: true})
    }
  } catch {
    // What prevents this also prevents the next step, and is reported there.
  }
}

/** Hidden, so that hosts do not read it as a skill. */
function sibling(path: string, kind: 'old' | 'tmp'): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.${kind}`)
}

function writeTree(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(folder, {mode: FOLDER_MODE})
  for (const [path, contents] of files) {
    const target = join(folder, path)
    mkdirSync(dirname(target), {recursive: true, mode: FOLDER_MODE})
    writeFileSync(target, contents, {flag: 'wx', mode: FILE_MODE, flush: true})
  }
}
