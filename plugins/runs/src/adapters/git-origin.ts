// A checkout is whatever somebody put there. Git itself is not run: its configuration can name
// programs that it would run. Its files are read as any text, and a small one only.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  type Stats,
  statSync,
} from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {originIn} from '../domain/origin.js'

const MAX_BYTES = 1024 * 1024
// Without it, opening a pipe waits for somebody at its other end; there is none on Windows.
const AT_ONCE = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0

/**
 * The repository that `origin` of the folder's checkout is, `owner/name`.
 *
 * @returns `undefined` where there is none at GitHub, or it cannot be read
 */
export function originOf(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const config = configIn(at)
    if (config !== undefined) return originIn(config)
    if (dirname(at) === at) return undefined
  }
}

/** The configuration of the checkout whose top a folder is; empty where there is one without. */
function configIn(folder: string): string | undefined {
  const path = join(folder, '.git')
  const stats = statsOf(path)
  if (stats === undefined) return undefined
  if (stats.isDirectory()) return textOf(join(path, 'config')) ?? ''
  // A worktree or a submodule: a file says where its folder is, which may say where all of them are.
  const [, named] = /^gitdir: (.*)$/m.exec(textOf(path) ?? '') ?? []
  if (named === undefined) return ''
  const own = resolve(folder, named)
  const common = textOf(join(own, 'commondir'))?.trim()
  return textOf(join(common === undefined ? own : resolve(own, common), 'config')) ?? ''
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, {throwIfNoEntry: false})
  } catch {
    return undefined
  }
}

function textOf(path: string): string | undefined {
  let file: number | undefined
  try {
    file = openSync(path, constants.O_RDONLY | AT_ONCE)
    const stats = fstatSync(file)
    return stats.isFile() && stats.size <= MAX_BYTES ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
