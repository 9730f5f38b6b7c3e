import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'

/**
 * Whether this process may use its terminal. The kernel stops a process in the background (`&`, or
 * Ctrl+Z and `bg`) that reads it or sets its mode. Where that is unknown, it may.
 */
export function isInForeground(): boolean {
  if (process.platform === 'win32') return true
  const [own = 0, foreground = 0] = process.platform === 'linux' ? groupsOnLinux() : groupsByPs()
  return !(own > 0 && foreground > 0) || own === foreground
}

/** The process group, and the foreground group of its terminal (proc(5)). */
function groupsOnLinux(): number[] {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    // The program name, in brackets, may contain anything.
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [Number(group), Number(foreground)]
  } catch {
    return []
  }
}

function groupsByPs(): number[] {
  const args = ['-o', 'pgid=,tpgid=', '-p', String(process.pid)]
  const {error, stdout} = spawnSync('ps', args, {encoding: 'utf8', timeout: 1000})
  return error === undefined ? stdout.trim().split(/\s+/).map(Number) : []
}
