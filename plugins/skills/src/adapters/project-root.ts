import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'

/**
 * The root of the project that a folder is in: the nearest one above it with a `.git`, else the
 * folder itself. A home folder that is under version control makes no project of all that is in it.
 *
 * @param homeFolder - empty where there is none
 */
export function projectRootOf(folder: string, homeFolder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (at === homeFolder) break
    if (existsSync(join(at, '.git'))) return at
  }
  return folder
}
