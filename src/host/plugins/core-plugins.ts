import {existsSync, readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {Config, type Interfaces, Plugin} from '@oclif/core'

type PackageJson = Interfaces.PJSON
type Plugins = Config['plugins']

/** What the build knew of the CLI, which is the first, or of a plugin of ours. */
interface PluginFacts {
  readonly pjson: PackageJson
  /** Of the commands that have to be quick, and of no others. */
  readonly manifest: Interfaces.Manifest
  /** Where in the CLI's `dist` its commands are, if not in its own. */
  readonly file?: string
}

/** In their order in package.json; `undefined` where the CLI was not built. */
export function readPluginFacts(root: string): readonly PluginFacts[] | undefined {
  try {
    const text = readFileSync(join(root, 'dist', 'plugins.json'), 'latin1') // it is ASCII
    return JSON.parse(text) as PluginFacts[]
  } catch {
    return undefined
  }
}

/**
 * Loads the CLI and the plugins that it names in its package.json, so that oclif need not search
 * for them: that takes a sixth of the start. It does where one is not where Node would look.
 *
 * @param quick - know no commands but those that have to be quick
 * @returns by name, the CLI first
 */
export async function loadCorePlugins(
  root: string,
  pjson: PackageJson,
  facts?: readonly PluginFacts[],
  quick = false,
): Promise<Plugins> {
  const names = pjson.oclif.plugins ?? []
  const folders = [root, ...names.map((name) => packageFolder(name, root))]
  const plugins = await Promise.all(
    folders.map(async (folder, index) =>
      folder === undefined
        ? undefined
        : loadPlugin({folder, root, pjson, facts: facts?.[index], quick}),
    ),
  )
  const found = plugins.filter((plugin) => plugin !== undefined)
  if (found.length < plugins.length) return searchForCorePlugins(root, pjson)
  return new Map(found.map((plugin) => [plugin.name, plugin]))
}

interface Wanted {
  readonly folder: string
  /** Of the CLI; `pjson` is its, too. */
  readonly root: string
  readonly pjson: PackageJson
  readonly facts: PluginFacts | undefined
  readonly quick: boolean
}

async function loadPlugin({folder, root, pjson, facts, quick}: Wanted): Promise<Plugin> {
  const plugin = new Plugin({
    root: folder,
    type: 'core',
    pjson: folder === root ? pjson : (facts?.pjson ?? readPackageJson(folder)),
    isRoot: true, // with this oclif takes `root` as it is
  })
  const manifest = quick ? facts?.manifest : readManifest(folder, plugin.options.pjson ?? pjson)
  if (facts !== undefined && manifest !== undefined) know(plugin, folder, root, facts, manifest)
  await plugin.load()
  plugin.isRoot = folder === root
  plugin.options = {name: plugin.name, root: folder, type: 'core', isRoot: plugin.isRoot}
  return plugin
}

const ownFiles = new WeakMap<object, string>()

/** Where a plugin of ours has its code, if that is a file of the CLI's `dist`: absolute. */
export function ownFileOf(plugin: object): string | undefined {
  return ownFiles.get(plugin)
}

/** Spares oclif the reading of its manifest. */
function know(
  plugin: Plugin,
  folder: string,
  root: string,
  {pjson, file}: PluginFacts,
  manifest: Interfaces.Manifest,
): void {
  const {commands} = pjson.oclif
  if (file !== undefined && typeof commands === 'object') {
    const path = join(root, 'dist', file)
    ownFiles.set(plugin, path)
    commands.target = relative(folder, path)
  }
  plugin.commandIDs = Object.keys(manifest.commands)
  plugin.hasManifest = true
  Object.defineProperty(plugin, '_manifest', {value: async () => Promise.resolve(manifest)})
}

/** Read at once: oclif loads what reads files later. `undefined` is left to oclif. */
function readManifest(
  folder: string,
  {version, oclif}: PackageJson,
): Interfaces.Manifest | undefined {
  const path = join(folder, 'oclif.manifest.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Interfaces.Manifest
  return oclif.commands === undefined ? {version, commands: {}} : undefined
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
