import {readdirSync, realpathSync} from 'node:fs'
import {basename, dirname} from 'node:path'

/** Whether a killed process may have left something beside a file. Reads its folder once. */
export function mayHaveLeftovers(path: string): boolean {
  try {
    const target = targetOf(path)
    const prefix = `${basename(target)}.`
    return readdirSync(dirname(target)).some(
      (name) =>
        name.startsWith(prefix) && /\.tmp$|\.lock(\.|$)/.test(name.slice(prefix.length - 1)),
    )
  } catch {
    return false
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
