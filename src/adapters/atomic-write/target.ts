import {chmodSync, existsSync, mkdirSync, readlinkSync, realpathSync, statSync} from 'node:fs'
import {dirname, isAbsolute} from 'node:path'
import {codeOf} from '../../domain/errors/system-error.js'
import {writeTrouble} from '../../domain/files/write-trouble.js'
import {keepToOwner, refuseMissingRoot, refuseOtherOwner} from '../own-file.js'

const FOLDER_MODE = 0o700
const MAX_LINKS = 40 // as on Linux

/** Not a link, nothing at all, or a Windows file system without links (FAT, exFAT). */
const NO_LINK = new Set(['EINVAL', 'EISDIR', 'ENOENT', 'UNKNOWN'])

/**
 * The file at the end of the links, in a folder of this user, which is created if missing.
 *
 * @throws {LocalFileError} exit 1
 */
export function prepareTarget(path: string): string {
  try {
    const target = followLinks(path)
    makeMissingFolder(dirname(target))
    refuseOtherOwner(dirname(target), statSync(dirname(target)))
    return target
  } catch (error) {
    throw writeTrouble(path, error)
  }
}

/** The file at the end of the links, which need not exist. `realpath` would require it. */
function followLinks(path: string): string {
  let current = path
  for (let links = 0; links <= MAX_LINKS; links += 1) {
    const link = linkAt(current)
    if (link === undefined) return current
    // Not normalised: a `..` in it may follow another link. The kernel resolves it.
    current = isAbsolute(link) ? link : `${realpathSync.native(dirname(current))}/${link}`
  }
  throw Object.assign(new Error('Too many links.'), {code: 'ELOOP'})
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch (error) {
    if (NO_LINK.has(codeOf(error) ?? '')) return undefined
    throw error
  }
}

/** One by one: under a hostile umask, a new folder cannot be entered before its mode is set. */
export function makeMissingFolder(folder: string): void {
  if (existsSync(folder)) return
  refuseMissingRoot(folder)
  makeMissingFolder(dirname(folder))
  try {
    mkdirSync(folder, FOLDER_MODE)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error // otherwise another process was faster
  }
  keepToOwner(() => chmodSync(folder, FOLDER_MODE))
}
