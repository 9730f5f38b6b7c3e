import {randomUUID} from 'node:crypto'
import {lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'

const FOLDER_MODE = 0o755 // the umask takes its bits away
const FILE_MODE = 0o644 // nothing of a skill can be executed by itself
const LEFTOVER_MS = 60 * 60 * 1000

/**
 * Puts a folder in place of another one, or of nothing. Readers see the old folder or the new one,
 * for a moment none, never half of one; when it fails, the old one is back.
 *
 * @param files - by their paths, with slashes
 * @param mayGo - asked about the old folder once it is out of reach, before it is gone
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

/** Removes a folder; what `mayGo` throws brings it back. */
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
    // What is in the way of that is in the way of the next step, too, and is told there.
  }
}

/** Hidden, so that no host takes it for a skill. */
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
