import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'

/**
 * Says whether this process may use its terminal. The kernel stops a process in the background
 * (`&`, or Ctrl+Z and `bg`) that reads it or sets its mode. Where nothing tells, it may.
 */
export function isInForeground(): boolean {
  if (process.platform === 'win32') return true
  const [own = 0, foreground = 0] = process.platform === 'linux' ? groupsOnLinux() : groupsByPs()
  return !(own > 0 && foreground > 0) || own === foreground
}

/** The process group, and the one that its terminal belongs to (proc(5)). */
function groupsOnLinux(): number[] {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    // The name of the program, in brackets, may hold anything.
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
