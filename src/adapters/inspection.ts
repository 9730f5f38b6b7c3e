// Looks, and changes nothing: whoever reads a file of ours by another way repairs its rights.
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  type Stats,
} from 'node:fs'
import {dirname} from 'node:path'
import type {Seen} from '../domain/doctor/seen.js'
import {codeOf} from '../domain/errors/system-error.js'

/**
 * What is there, a link not followed; `undefined` where nothing is.
 *
 * @throws the system's error, such as EACCES
 */
export function lookAt(path: string): Seen | undefined {
  return seenBy(path, (each) => lstatSync(each, {throwIfNoEntry: false}))
}

/**
 * What is there at the end of the links; `undefined` where they lead to nothing.
 *
 * @throws the system's error, such as ELOOP
 */
export function lookThrough(path: string): Seen | undefined {
  return seenBy(path, (each) => statSync(each, {throwIfNoEntry: false}))
}

/** The file that a path really is; itself where its links lead to nothing. */
export function targetOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

/** The names in a folder; none where it cannot be read, or there is no folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** Why nothing can be written in a folder, as the system has it; the nearest one that is there. */
export function whyUnwritable(folder: string): string | undefined {
  if (!existsSync(folder)) {
    const above = dirname(folder)
    return above === folder ? 'ENOENT' : whyUnwritable(above)
  }
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    const {bavail, ffree, files} = statfsSync(folder)
    return bavail === 0 || (files > 0 && ffree === 0) ? 'ENOSPC' : undefined
  } catch (error) {
    return codeOf(error) ?? 'unknown'
  }
}

/** Whether what is in a file is there twice, one behind the other. */
export function isTwice(path: string): boolean {
  try {
    const bytes = readFileSync(path)
    const half = bytes.length / 2
    return half > 0 && bytes.subarray(0, half).equals(bytes.subarray(half))
  } catch {
    return false
  }
}

/** How old a file is by our clock, in milliseconds; 0 where it is not there. */
export function ageOf(path: string): number {
  const stats = lstatSync(path, {throwIfNoEntry: false})
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs
}

/**
 * Gives a file or folder of this user's the rights that it should have.
 *
 * @throws the system's error
 */
export function setMode(path: string, mode: 0o600 | 0o700): void {
  const stats = statSync(path)
  const isWanted = mode === 0o700 ? stats.isDirectory() : stats.isFile()
  if (!isWanted || isOthers(stats)) throw Object.assign(new Error('Not ours.'), {code: 'EPERM'})
  chmodSync(path, mode)
}

/** @throws the system's error */
export function removeFile(path: string): void {
  rmSync(path, {force: true})
}

function seenBy(path: string, look: (path: string) => Stats | undefined): Seen | undefined {
  const stats = lookOrNothing(path, look)
  if (stats === undefined) return undefined
  return {
    path,
    kind: kindOf(stats),
    isOthers: isOthers(stats),
    mode: process.geteuid === undefined ? undefined : stats.mode,
    names: stats.nlink,
  }
}

/** Below a file there is nothing, either. */
function lookOrNothing<T>(path: string, look: (path: string) => T | undefined): T | undefined {
  try {
    return look(path)
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

function isOthers({uid}: Stats): boolean {
  return process.geteuid !== undefined && uid !== process.geteuid()
}

function kindOf(stats: Stats): Seen['kind'] {
  if (stats.isSymbolicLink()) return 'link'
  if (stats.isDirectory()) return 'folder'
  if (stats.isFile()) return 'file'
  if (stats.isFIFO()) return 'pipe'
  return stats.isSocket() ? 'socket' : 'device'
}
