// Inspects without changing anything: the other readers of our files repair permissions.
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
 * What exists at a path, without following a link; `undefined` where nothing does.
 *
 * @throws the system's error, such as EACCES
 */
export function lookAt(path: string): Seen | undefined {
  return seenBy(path, (each) => lstatSync(each, {throwIfNoEntry: false}))
}

/**
 * What exists at the end of the links; `undefined` where they lead to nothing.
 *
 * @throws the system's error, such as ELOOP
 */
export function lookThrough(path: string): Seen | undefined {
  return seenBy(path, (each) => statSync(each, {throwIfNoEntry: false}))
}

/** The real path of a file; the path itself where its links lead to nothing. */
export function targetOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

/** The names in a folder; none where it cannot be read or does not exist. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** The system's reason why a folder is not writable; checks the nearest existing parent. */
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

/** Whether the contents of a file are in it twice, one copy after the other. */
export function isTwice(path: string): boolean {
  try {
    const bytes = readFileSync(path)
    const half = bytes.length / 2
    return half > 0 && bytes.subarray(0, half).equals(bytes.subarray(half))
  } catch {
    return false
  }
}

/** The age of a file by our clock, in milliseconds; 0 where it does not exist. */
export function ageOf(path: string): number {
  const stats = lstatSync(path, {throwIfNoEntry: false})
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs
}

/**
 * Sets the correct permissions of a file or folder of this user.
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

/** A path below a file does not exist either. */
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
