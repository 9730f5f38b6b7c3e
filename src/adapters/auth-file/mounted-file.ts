import {readFileSync, realpathSync} from 'node:fs'

/**
 * Whether a file is a mount point itself, as with single files in containers: it cannot be
 * replaced, which otherwise shows only at the last step of a write. Known on Linux only (proc(5)).
 */
export function isMountedFile(path: string): boolean {
  try {
    const target = realpathSync(path)
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
    return mounts.some((line) => unescaped(line.split(' ')[4] ?? '') === target)
  } catch {
    return false // it does not exist, or the system does not say
  }
}

/** Blanks and backslashes are written as `\\040` and so on. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 8)),
  )
}
