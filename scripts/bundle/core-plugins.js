import {existsSync, readdirSync} from 'node:fs'
import {basename, join} from 'node:path'

/**
 * The folders of our plugins that have commands, relative to `root`. There is no list of them: each
 * has a file `src/commands.ts`.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function corePluginsIn(root) {
  if (!existsSync(join(root, 'plugins'))) return []
  return readdirSync(join(root, 'plugins'))
    .map((name) => `plugins/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'src/commands.ts')))
    .sort()
}

/** The file of the CLI's `dist` that one of our plugins runs from, without `.cjs`. */
export function fileOfPlugin(folder) {
  return `plugin-${basename(folder)}`
}
