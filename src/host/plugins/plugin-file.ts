import {closeSync, constants, fstatSync, openSync, readFileSync, realpathSync} from 'node:fs'
import {basename, dirname, resolve, sep} from 'node:path'
import {codeOf} from '../../domain/errors/system-error.js'
import {isNestedDeeper, parseJson} from '../../domain/text/json.js'
import {MAX_FILE_BYTES} from './limits.js'

// oclif's own have nine.
const MAX_LEVELS = 64
// Without O_NONBLOCK, opening a FIFO blocks until its other end is opened. Windows has neither.
const SAFELY = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/**
 * The text of a file that describes a plugin. Does not block on a pipe, and reads no more than the
 * limit.
 *
 * @returns `undefined` where there is none
 * @throws {Error} with the problem, as in "it is left out: …"
 */
export function readPluginFile(path: string): string | undefined {
  const name = basename(path)
  let file: number
  try {
    file = openSync(path, SAFELY)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Error(`its ${name} cannot be read (${code ?? 'unknown'})`, {cause: error})
  }
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new Error(`its ${name} is not a file`)
    if (stats.size > MAX_FILE_BYTES) {
      throw new Error(`its ${name} is larger than ${MAX_FILE_BYTES / 2 ** 20} MB`)
    }
    const text = readFileSync(file, 'utf8')
    if (isNestedDeeper(text, MAX_LEVELS)) throw new Error(`its ${name} is nested too deeply`)
    return text
  } finally {
    closeSync(file)
  }
}

/** The contents of such a file as JSON; `undefined` where it does not exist, or cannot be read. */
export function readJsonFile(path: string): unknown {
  try {
    return parseJson(readPluginFile(path) ?? '')
  } catch {
    return undefined
  }
}

/** Whether a path that a plugin names is outside its folder, through `..` or a link. */
export function leadsOut(root: string, path: string): boolean {
  const target = resolve(root, path)
  return !isIn(resolve(root), target) || !isIn(realPath(root), realPath(target))
}

function isIn(folder: string, path: string): boolean {
  return `${path}${sep}`.startsWith(`${folder}${sep}`)
}

/** The real path, as far as it exists; the name of a module may lack its extension. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : resolve(realPath(above), basename(path))
  }
}
