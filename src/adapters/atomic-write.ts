import {randomUUID} from 'node:crypto'
import {existsSync, readlinkSync, realpathSync} from 'node:fs'
import {type FileHandle, chmod, mkdir, open, rename, rm} from 'node:fs/promises'
import {dirname, isAbsolute} from 'node:path'
import {LocalFileError} from '../domain/errors/local-files.js'

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700
const MOST_LINKS = 40 // as Linux has it

const ACCESS = {
  why: 'access is denied',
  remedy: 'Check who owns the file and its folder, and their modes.',
}
const SPACE = 'Free some space, then run the command again.'

const TROUBLE: Readonly<Record<string, {why: string; remedy: string}>> = {
  EACCES: ACCESS,
  EPERM: ACCESS,
  EBUSY: {
    why: 'it is mounted as a single file, which cannot be replaced',
    remedy: 'Mount the folder around it, not the file.',
  },
  EDQUOT: {why: 'the disk quota is used up', remedy: SPACE},
  EISDIR: {why: 'a folder is in its place', remedy: 'Move the folder away.'},
  ELOOP: {why: 'its symbolic links lead in a circle', remedy: 'Remove the link, or correct it.'},
  ENOENT: {why: 'its folder has gone', remedy: 'Run the command again.'},
  ENOSPC: {why: 'the disk is full', remedy: SPACE},
  ENOTDIR: {why: 'a part of the path is a file', remedy: 'Move that file away.'},
  EROFS: {
    why: 'the file system is read-only',
    remedy: 'Make it writable, or set MOGPLEX_HOME to a folder that is.',
  },
}

/** Some file systems cannot sync a folder, and some folders may be written but not opened. */
const NO_FOLDER_SYNC = new Set(['EACCES', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM'])

/**
 * Replaces a file, or makes it, for its owner alone (mode 0600, whatever the umask). Readers see
 * the old contents or the new ones, never half; and when it returns, a power cut cannot bring the
 * old ones back. A symbolic link stays, and its target is replaced, or made, folder included.
 *
 * @throws {LocalFileError} exit 1, with the old file as it was; only when the folder cannot be
 *   synced, the new file is in place and may be lost in a power cut
 */
export async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  try {
    const target = followLinks(path)
    await makeMissingFolder(dirname(target))
    const temporary = `${target}.${process.pid}.${randomUUID()}.tmp`
    await writeNew(temporary, contents)
    await rename(temporary, target).catch(async (error: unknown) => {
      await remove(temporary)
      throw error
    })
    await syncFolder(dirname(target)) // else the rename itself may be lost
  } catch (error) {
    throw explained(path, error)
  }
}

/**
 * Puts contents into a new file (mode 0600) that replaces nothing: when the name is taken, it gets
 * a number behind it. Durable when it returns.
 *
 * @returns the path of the file
 * @throws {LocalFileError} exit 1, with nothing left behind
 */
export async function keepAside(path: string, contents: string | Uint8Array): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? path : `${path}-${number}`
    try {
      await writeNew(candidate, contents)
      await syncFolder(dirname(candidate))
      return candidate
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw explained(candidate, error)
    }
  }
}

/** The file at the end of the links, which need not be there. `realpath` would insist on it. */
function followLinks(path: string): string {
  let current = path
  for (let links = 0; links <= MOST_LINKS; links += 1) {
    const link = linkAt(current)
    if (link === undefined) return current
    // Not normalised: a `..` in it may follow another link. The kernel knows.
    current = isAbsolute(link) ? link : `${realpathSync.native(dirname(current))}/${link}`
  }
  throw Object.assign(new Error('Too many links.'), {code: 'ELOOP'})
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch (error) {
    if (codeOf(error) === 'EINVAL' || codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** One by one: under a hostile umask, a new folder cannot be entered before its mode is set. */
async function makeMissingFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return
  await makeMissingFolder(dirname(folder))
  await mkdir(folder, FOLDER_MODE).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error // else somebody was faster
  })
  await chmod(folder, FOLDER_MODE)
}

async function writeNew(path: string, contents: string | Uint8Array): Promise<void> {
  const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents
  const file = await open(path, 'wx', FILE_MODE)
  try {
    try {
      await file.chmod(FILE_MODE) // the umask may have taken bits away
      await writeAll(file, bytes)
      await file.sync()
      await checkSize(file, bytes.byteLength)
    } finally {
      await file.close()
    }
  } catch (error) {
    await remove(path)
    throw error
  }
}

/** One write may store less than asked, without an error: on a disk that is nearly full, it does. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.byteLength) {
    const {bytesWritten} = await file.write(bytes, written)
    if (bytesWritten === 0) return // the size will tell
    written += bytesWritten
  }
}

async function checkSize(file: FileHandle, expected: number): Promise<void> {
  const {size} = await file.stat()
  if (size !== expected) throw Object.assign(new Error('Cut short.'), {code: 'ENOSPC'})
}

async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(codeOf(error) ?? '')) throw error
  }
}

/** What is in the way of that is what was in the way before: the first error tells more. */
async function remove(path: string): Promise<void> {
  await rm(path, {force: true}).catch(() => undefined)
}

function explained(path: string, error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined || error instanceof LocalFileError) return error
  const {why, remedy} = TROUBLE[code] ?? {why: code, remedy: 'Check the disk and the folder.'}
  return new LocalFileError(`${path} cannot be written: ${why}.`, remedy)
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
