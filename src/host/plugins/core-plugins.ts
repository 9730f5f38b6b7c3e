import {existsSync, readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {Config, type Interfaces, Plugin} from '@oclif/core'

type PackageJson = Interfaces.PJSON
type Plugins = Config['plugins']

/** The build's data about the CLI, which comes first, or about one of our plugins. */
interface PluginFacts {
  readonly pjson: PackageJson
  /** Only of the commands that have to be quick. */
  readonly manifest: Interfaces.Manifest
  /** The file in the CLI's `dist` that contains its commands, if not its own. */
  readonly file?: string
}

/** In their order in package.json; `undefined` where the CLI was not built. */
export function readPluginFacts(root: string): readonly PluginFacts[] | undefined {
  try {
    const text = readFileSync(join(root, 'dist', 'plugins.json'), 'latin1') // the file is ASCII
    return JSON.parse(text) as PluginFacts[]
  } catch {
    return undefined
  }
}

/**
 * Loads the CLI and the plugins that its package.json names, so that oclif need not search for
 * them: that takes a sixth of the start-up time. oclif searches where one is not where Node would
 * look.
 *
 * @param quick - load only the commands that have to be quick
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
  /** The CLI's folder; `pjson` is the CLI's, too. */
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
    isRoot: true, // makes oclif use `root` unchanged
  })
  const manifest = quick ? facts?.manifest : readManifest(folder, plugin.options.pjson ?? pjson)
  if (facts !== undefined && manifest !== undefined) know(plugin, folder, root, facts, manifest)
  await plugin.load()
  plugin.isRoot = folder === root
  plugin.options = {name: plugin.name, root: folder, type: 'core', isRoot: plugin.isRoot}
  return plugin
}

const ownFiles = new WeakMap<object, string>()

/** The absolute path of a plugin's code, if that is a file of the CLI's `dist`. */
export function ownFileOf(plugin: object): string | undefined {
  return ownFiles.get(plugin)
}

/** Saves oclif from reading its manifest. */
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

/** Read synchronously: oclif's file reader is loaded later. `undefined` leaves it to oclif. */
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

/** The folder of a package, resolved like Node does: in `node_modules` here, then above. */
export function packageFolder(name: string, from: string): string | undefined {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(from)
  return above === from ? undefined : packageFolder(name, above)
}
