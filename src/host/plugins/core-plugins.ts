import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {Config, type Interfaces, Plugin} from '@oclif/core'

type PackageJson = Interfaces.PJSON
type Plugins = Config['plugins']

/**
 * Loads the CLI and the plugins that it names in its package.json, so that oclif need not search
 * for them: that takes a sixth of the start. It does where one is not where Node would look.
 *
 * @returns by name, the CLI first
 */
export async function loadCorePlugins(root: string, pjson: PackageJson): Promise<Plugins> {
  const names = pjson.oclif.plugins ?? []
  const folders = [root, ...names.map((name) => packageFolder(name, root))]
  const plugins = await Promise.all(
    folders.map(async (folder) => {
      if (folder === undefined) return undefined
      const plugin = new Plugin({
        ...{root: folder, type: 'core'},
        pjson: folder === root ? pjson : readPackageJson(folder),
        isRoot: true, // with this oclif takes `root` as it is
      })
      await plugin.load()
      plugin.isRoot = folder === root
      plugin.options = {name: plugin.name, root: folder, type: 'core', isRoot: plugin.isRoot}
      return plugin
    }),
  )
  const found = plugins.filter((plugin) => plugin !== undefined)
  if (found.length < plugins.length) return searchForCorePlugins(root, pjson)
  return new Map(found.map((plugin) => [plugin.name, plugin]))
}

async function searchForCorePlugins(root: string, pjson: PackageJson): Promise<Plugins> {
  const {plugins} = await Config.load({root, pjson, userPlugins: false})
  return plugins
}

export function readPackageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson
}

/** The folder of a package, as Node looks for it: in `node_modules` here, then above. */
export function packageFolder(name: string, from: string): string | undefined {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(from)
  return above === from ? undefined : packageFolder(name, above)
}
