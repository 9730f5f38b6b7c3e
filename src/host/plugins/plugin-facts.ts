import type {Interfaces} from '@oclif/core'
import {join} from 'node:path'
import type {InspectedPlugin, InstalledPlugin} from '../../domain/plugin/installed-plugin.js'
import {nestedPlugins} from '../../domain/plugin/nested-plugins.js'
import {readDeclaration} from '../../domain/plugin/declaration.js'
import {identityFlaw, manifestFlaw} from '../../domain/plugin/manifest-flaw.js'
import type {CommandNames, ReservedNames} from '../../domain/plugin/reserved-names.js'
import {asRecord, asText} from '../../domain/text/json.js'
import {messageOf} from '../../domain/text/thrown.js'
import {packageFolder} from './core-plugins.js'
import {knownCommands} from './known-commands.js'
import {readJsonFile} from './plugin-file.js'
import {folderOf, type ListedPlugin, readPackage} from './plugin-list.js'

/** The names that we reserve. */
export interface OurNames {
  readonly plugins: ReadonlySet<string>
  readonly commands: ReservedNames
  readonly slashCommands: readonly string[]
}

/**
 * What a plugin's package.json and its manifest say about it. They are read as data: none of the
 * plugin's code runs, so facts that only show when it is loaded are unknown here.
 *
 * @param ours - our names, which plugins cannot replace
 */
export function factsOf(plugin: ListedPlugin, ours: OurNames): InspectedPlugin {
  const root = folderOf(plugin)
  const pjson = asRecord(readJsonFile(join(root, 'package.json'))) ?? {}
  const {commands, flaw} = knownCommands(root, pjson)
  const name = asText(pjson.name) ?? plugin.name
  return {
    name: plugin.name,
    version: asText(pjson.version) ?? null,
    type: plugin.type,
    root,
    tag: plugin.tag ?? null,
    url: plugin.url ?? null,
    problem:
      packageFlaw(plugin) ??
      identityFlaw({name, version: pjson.version}) ??
      (ours.plugins.has(name) ? `${name} is the name of a plugin of mogplex` : undefined) ??
      flaw ??
      null,
    leftOut: [
      ...leftOutCommands(commands, ours),
      ...leftOutOfNested(root, pjson, ours),
      ...leftOutSlashCommands(pjson, ours),
    ],
    homepage: asText(pjson.homepage) ?? null,
    commands: commands === undefined ? null : Object.keys(commands).sort(),
    dependencies: textsOf(pjson.dependencies),
  }
}

/** The facts in a list of plugins; the rest is for a single one. */
export function summaryOf(plugin: InspectedPlugin): InstalledPlugin {
  const {name, version, type, root, tag, url, problem, leftOut} = plugin
  return {name, version, type, root, tag, url, problem, leftOut}
}

/** Our loaded plugins, by name; mogplex itself is not one. */
export function corePluginFacts({plugins}: Pick<Interfaces.Config, 'plugins'>): InstalledPlugin[] {
  return [...plugins.values()]
    .filter(({type, isRoot}) => type === 'core' && !isRoot)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({name, version, root}) => ({
      name,
      version,
      type: 'core',
      root,
      tag: null,
      url: null,
      problem: null,
      leftOut: [],
    }))
}

function leftOutCommands(
  commands: Readonly<Record<string, unknown>> = {},
  {commands: ours}: OurNames,
): string[] {
  const readable = Object.values(commands).filter((command) => manifestFlaw(command) === undefined)
  return ours.withoutOurs(readable as CommandNames[]).leftOut
}

/** The plugins that it brings along, without duplicates; ours are not loaded again. */
function leftOutOfNested(
  root: string,
  pjson: unknown,
  ours: OurNames,
  seen = new Set<string>(),
): string[] {
  return nestedPlugins(pjson).flatMap((name) => {
    const folder = packageFolder(name, root)
    if (folder === undefined || seen.has(folder) || ours.plugins.has(name)) return []
    seen.add(folder)
    const own = asRecord(readJsonFile(join(folder, 'package.json'))) ?? {}
    const {commands} = knownCommands(folder, own)
    return [...leftOutCommands(commands, ours), ...leftOutOfNested(folder, own, ours, seen)]
  })
}

function leftOutSlashCommands(
  pjson: Record<string, unknown>,
  {slashCommands: ours}: OurNames,
): string[] {
  const {slashCommands} = readDeclaration(pjson.mogplex)
  return slashCommands.flatMap(({name}) => (ours.includes(name) ? [`/${name}`] : []))
}

function packageFlaw(plugin: ListedPlugin): string | undefined {
  try {
    const isPlugin = readPackage(plugin) !== undefined
    return isPlugin ? undefined : 'its package.json has no oclif settings'
  } catch (error) {
    return messageOf(error)
  }
}

function textsOf(value: unknown): Record<string, string> {
  const texts = Object.entries(asRecord(value) ?? {}).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  )
  return Object.fromEntries(texts)
}
