import {existsSync, readdirSync} from 'node:fs'
import {basename, join} from 'node:path'

/**
 * The folders of our own plugins that have commands, relative to `root`. Nothing is registered: it is
 * the file `src/commands.ts` that tells.
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

/** The file of the CLI's `dist` that a plugin of ours runs from, without `.cjs`. */
export function fileOfPlugin(folder) {
  return `plugin-${basename(folder)}`
}
