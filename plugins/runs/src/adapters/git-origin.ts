// A checkout may contain anything. Git itself is not run: its configuration can name programs that
// it would run. Its files are read as text, up to a small size.
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
// Without it, opening a FIFO blocks until its other end is opened; Windows does not have it.
const AT_ONCE = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0

/**
 * The repository that the folder's `origin` points to, `owner/name`.
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

/** The Git configuration of a checkout's top folder; empty for a checkout without one. */
function configIn(folder: string): string | undefined {
  const path = join(folder, '.git')
  const stats = statsOf(path)
  if (stats === undefined) return undefined
  if (stats.isDirectory()) return textOf(join(path, 'config')) ?? ''
  // A worktree or a submodule: a file names its Git folder, which may name the shared one.
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
