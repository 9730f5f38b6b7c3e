import {existsSync, statSync} from 'node:fs'
import {dirname, join} from 'node:path'

/**
 * The root of the project that a folder is in: the nearest parent with a `.git`, otherwise the
 * folder itself. A home folder under version control does not count as a project.
 *
 * @param homeFolder - empty where there is none
 */
export function projectRootOf(folder: string, homeFolder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return isSame(at, homeFolder) ? folder : at
  }
  return folder
}

/** Whether two paths lead to one folder, whatever the case of their names and whatever links. */
function isSame(one: string, other: string): boolean {
  if (one === other) return true
  const [left, right] = [one, other].map((path) =>
    statSync(path, {bigint: true, throwIfNoEntry: false}),
  )
  return left !== undefined && left.ino === right?.ino && left.dev === right.dev
}
