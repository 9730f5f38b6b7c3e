import {Plugin, settings} from '@oclif/core'
import {readFile, writeFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {corePluginsIn} from './bundle/core-plugins.js'

/**
 * Makes the oclif manifest of the plugin at `root` out of its built commands.
 *
 * @param {string} root
 * @returns {Promise<string>} the text of `oclif.manifest.json`
 */
export async function makeManifest(root) {
  settings.enableAutoTranspile = false // the built commands, whatever NODE_ENV says
  const plugin = new Plugin({
    type: 'core',
    isRoot: true,
    root: resolve(root),
    pjson: JSON.parse(await readFile(join(root, 'package.json'), 'utf8')),
    ignoreManifest: true,
    errorOnManifestCreate: true, // else a command that fails to load is left out with a warning
    respectNoCacheDefault: true,
  })
  await plugin.load()
  return `${JSON.stringify(plugin.manifest, sortKeys, 2)}\n`
}

/** Sorts everything but args: their order is the order on the command line. */
function sortKeys(key, value) {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject || key === 'args') return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  for (const folder of [root, ...corePluginsIn(root).map((plugin) => join(root, plugin))]) {
    await writeFile(join(folder, 'oclif.manifest.json'), await makeManifest(folder))
  }
}
