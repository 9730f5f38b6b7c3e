import type {Finding, Mend} from './finding.js'
import {wrong} from './finding.js'
import {movingAway, removing, word} from '../platform/shell.js'

/** What exists at a path, found without opening or changing it. */
export interface Seen {
  readonly path: string
  readonly kind: 'device' | 'file' | 'folder' | 'link' | 'pipe' | 'socket'
  /** Whether another user owns it. Windows has no owners of this kind. */
  readonly isOthers: boolean
  /** The permission bits; `undefined` on Windows. */
  readonly mode: number | undefined
  /** How many names it has (hard links). */
  readonly names: number
}

const NAMES: Readonly<Record<Seen['kind'], string>> = {
  device: 'a device',
  file: 'a file',
  folder: 'a folder',
  link: 'a symbolic link',
  pipe: 'a named pipe (FIFO)',
  socket: 'a socket',
}

const OTHERS = 0o077
const MODES = {file: 0o600, folder: 0o700} as const

/**
 * What is wrong with one of our files or folders: its kind, its owner, its permissions, in this
 * order; `undefined` when nothing is.
 */
export function flawOf(id: string, wanted: 'file' | 'folder', seen: Seen): Finding | undefined {
  const {path, kind, isOthers, mode} = seen
  if (kind === 'link') {
    const text = `${path} is a symbolic link, not ${NAMES[wanted]}: it is not followed`
    return wrong(id, text, removing(path))
  }
  if (kind !== wanted) {
    return wrong(id, `${path} is ${NAMES[kind]}, not ${NAMES[wanted]}`, movingAway(path))
  }
  if (isOthers) {
    return wrong(id, `${path} belongs to another user`, `sudo chown -R "$(id -u)" ${word(path)}`)
  }
  return mode === undefined ? undefined : flawOfMode(id, {path, kind: wanted, mode})
}

function flawOfMode(
  id: string,
  {path, kind, mode}: {path: string; kind: 'file' | 'folder'; mode: number},
): Finding | undefined {
  const right = MODES[kind]
  const rights = mode & 0o777
  const mend: Mend = {kind: 'mode', path, mode: right}
  const command = `chmod ${right.toString(8)} ${word(path)}`
  const shown = `mode ${rights.toString(8).padStart(3, '0')}`
  if ((rights & OTHERS) !== 0) {
    return wrong(id, `${path} is open to other users (${shown})`, command, [mend])
  }
  if ((rights & right) === right) return undefined
  return wrong(id, `${path} does not give you the rights that you need (${shown})`, command, [mend])
}
