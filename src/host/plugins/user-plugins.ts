import {type Command, type Config, Plugin} from '@oclif/core'
import {sep} from 'node:path'
import {nestedPlugins} from '../../domain/plugin/nested-plugins.js'
import {identityFlaw, manifestFlaw, topicsFlaw} from '../../domain/plugin/manifest-flaw.js'
import {ReservedNames} from '../../domain/plugin/reserved-names.js'
import {withPlainTexts} from '../../domain/text/plain-texts.js'
import {commandFiles} from './command-files.js'
import {LOAD_LIMIT_MS} from './limits.js'
import type {PluginCustody} from './plugin-custody.js'
import {shortMessageOf} from './plugin-faults.js'
import {
  folderOf,
  type ListedPlugin,
  NeedsNewerNode,
  readPackage,
  readPluginList,
} from './plugin-list.js'
import {readManifest} from './plugin-manifest.js'

export {PluginCustody} from './plugin-custody.js'
export {PluginHooks} from './plugin-hooks.js'

interface Entry extends ListedPlugin {
  readonly parent?: Plugin
}

/**
 * Loads the plugins that the user has installed or linked, separately: one that cannot be loaded is
 * left out, and named on stderr.
 *
 * @param ours - our plugins: others cannot replace them, or the names of their commands
 */
export async function loadUserPlugins(
  dataDir: string,
  ours: Config['plugins'],
  custody: PluginCustody,
): Promise<Plugin[]> {
  const {plugins: entries, problems} = readPluginList(dataDir)
  for (const problem of problems) custody.faults.tell('list', problem)
  const found = await Promise.all(entries.map(async (entry) => loadAll(entry, custody)))
  const plugins = new Map<string, Plugin>()
  for (const plugin of found.flat()) {
    if (ours.has(plugin.name)) {
      // A plugin that another one brings along, such as oclif's own, is already loaded.
      if (plugin.parent === undefined)
        custody.faults.tell(
          plugin.alias,
          `is left out: ${plugin.name} is the name of a plugin of mogplex`,
        )
    } else if (!plugins.has(plugin.name)) plugins.set(plugin.name, plugin)
  }
  const reserved = new ReservedNames(ours.values())
  for (const plugin of plugins.values()) leaveOutOurNames(plugin, reserved, custody)
  return [...plugins.values()]
}

/** Removes names that would replace ours, in execution and in help. */
function leaveOutOurNames(plugin: Plugin, reserved: ReservedNames, custody: PluginCustody): void {
  const {free, leftOut} = reserved.withoutOurs(plugin.commands)
  const topics = plugin.topics.flat().filter(({name}) => !reserved.has(name))
  plugin.commands = free
  Object.defineProperty(plugin, 'topics', {value: withPlainTexts(topics)})
  if (leftOut.some((name) => !isListed(name, plugin)))
    custody.faults.tell(
      plugin.name,
      `uses names that belong to mogplex, left out: ${leftOut.join(', ')}`,
      'names',
    )
}

/**
 * Whether `mogplex plugins` can report a command without running code: then no warning at each
 * start is needed.
 */
function isListed(name: string, {hasManifest, root, pjson}: Plugin): boolean {
  const ids = hasManifest ? undefined : commandFiles(root, pjson.oclif)
  return hasManifest || ids?.includes(name.replaceAll(' ', ':')) === true
}

/** A plugin with those that it brings along. */
async function loadAll(entry: Entry, custody: PluginCustody): Promise<Plugin[]> {
  const {name} = entry
  try {
    const work = async () => load(entry, custody)
    const root = entry.parent === undefined ? folderOf(entry) : undefined
    const task = {plugin: name, root, what: 'being loaded', limitMs: LOAD_LIMIT_MS}
    const plugin = await custody.run(task, work)
    if (plugin === undefined) return []
    const loaded = await Promise.all(
      nestedPlugins(plugin.pjson).map(async (child) => {
        custody.faults.isBroughtAlong(child, name)
        return loadAll({name: child, type: entry.type, root: plugin.root, parent: plugin}, custody)
      }),
    )
    plugin.children = loaded.flat()
    return [plugin, ...plugin.children]
  } catch (error) {
    // That is reported when one of its commands is requested, and by `mogplex plugins`.
    if (error instanceof NeedsNewerNode) return []
    custody.faults.tell(name, `is left out: ${shortMessageOf(error)}`)
    return []
  }
}

/** @throws {Error} with the problem, as in "it is left out: …" */
async function load(entry: Entry, custody: PluginCustody): Promise<Plugin> {
  const {name, type, root, tag, url, parent} = entry
  const options = {name, type, root, ...(tag && {tag}), ...(url && {url}), ...(parent && {parent})}
  const known = parent === undefined ? readPackage(entry) : undefined
  const plugin = new Plugin({
    ...options,
    ignoreManifest: true, // it is read below
    ...(known && {...known, isRoot: true}), // so oclif need not search
  })
  Object.defineProperty(plugin, 'warn', {
    value: (error: unknown) => {
      custody.faults.tell(
        name,
        `has a fault: ${placeOf(error, plugin.root)}${shortMessageOf(error)}`,
      )
    },
  })
  readManifestInPlaceOfOclif(plugin, custody)
  await plugin.load()
  plugin.isRoot = false
  plugin.options = options
  const flaw =
    identityFlaw(plugin) ??
    plugin.commands.map(manifestFlaw).find(Boolean) ??
    topicsFlaw(plugin.topics)
  if (flaw !== undefined) throw new Error(flaw)
  plugin.commands = plugin.commands.map((command) => withOwnFacts(command, plugin))
  return plugin
}

/**
 * oclif reads a manifest whatever is at its path, and of any size, and its message about an
 * outdated one is for authors only. Without a manifest it imports the commands.
 */
function readManifestInPlaceOfOclif(plugin: Plugin, custody: PluginCustody): void {
  const importCommands = Reflect.get(plugin, '_manifest') as () => Promise<object>
  Object.defineProperty(plugin, '_manifest', {
    value: async () => {
      const {manifest, unused} = readManifest(plugin.root, plugin.version)
      if (unused !== undefined)
        custody.faults.tell(plugin.alias, `has a fault: its oclif.manifest.json ${unused}`)
      if (manifest === undefined) return importCommands.call(plugin)
      plugin.hasManifest = true
      plugin.commandIDs = Object.keys(manifest.commands)
      return manifest
    },
  })
}

/** A command as its plugin describes it, plus what only we know: its plugin, and its id. */
function withOwnFacts(command: Command.Loadable, {name, type}: Plugin): Command.Loadable {
  const described = {...withPlainTexts(command), pluginName: name, pluginType: type}
  // Other names, which would not have been checked.
  Reflect.deleteProperty(described, 'permutations')
  Reflect.deleteProperty(described, 'aliasPermutations')
  return described
}

/**
 * The file of the plugin that an error is about, as in `commands/x.js: `, where its stack shows it.
 */
function placeOf(error: unknown, root: string): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const from = stack.indexOf(`${root}${sep}`)
  if (from === -1) return ''
  const [file = ''] = /^[^:)\n]*/.exec(stack.slice(from + root.length + 1)) ?? []
  return `${file}: `
}
