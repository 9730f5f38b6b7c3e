import type {Interfaces} from '@oclif/core'
import {existsSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {NotAPluginError, UnknownPluginError} from '../../../domain/errors/plugin.js'
import {UsageError} from '../../../domain/errors/usage.js'
import type {InspectedPlugin} from '../../../domain/plugin/installed-plugin.js'
import {ReservedNames} from '../../../domain/plugin/reserved-names.js'
import type {PluginSpec} from '../../../domain/plugin/plugin-spec.js'
import {asRecord, asText} from '../../../domain/text/json.js'
import {factsOf, type OurNames} from '../plugin-facts.js'
import {readJsonFile} from '../plugin-file.js'
import {type ListedPlugin, readPluginList, refuseBrokenList} from '../plugin-list.js'
import type {NpmOutput} from './npm.js'
import {type OclifPlugins, openOclifPlugins} from './oclif-plugins.js'

interface Options extends NpmOutput {
  /** The names of our slash commands. */
  readonly slashCommands: readonly string[]
}

/**
 * The user's plugins: listing and changing them. @oclif/plugin-plugins keeps the list, so that
 * oclif knows it; npm is run here, so that its failures get our exit codes.
 */
export class PluginStore {
  readonly #config: Interfaces.Config
  readonly #options: Options
  readonly #ours: OurNames

  constructor(config: Interfaces.Config, options: Options) {
    this.#config = config
    this.#options = options
    const core = [...config.plugins.values()].filter(({type}) => type === 'core')
    this.#ours = {
      plugins: new Set(core.map(({name}) => name)),
      commands: new ReservedNames(core),
      slashCommands: options.slashCommands,
    }
  }

  /**
   * The installed and linked plugins, read as data.
   *
   * @throws {LocalFileError} exit 1, when the list is broken
   */
  list(): InspectedPlugin[] {
    refuseBrokenList(this.#config.dataDir)
    const {plugins} = readPluginList(this.#config.dataDir)
    return plugins.map((plugin) => factsOf(plugin, this.#ours))
  }

  /** @throws {UnknownPluginError} exit 2, when it is neither installed nor linked */
  find(name: string): InspectedPlugin {
    return factsOf(this.#entry(name), this.#ours)
  }

  /** @throws {MogplexError} npm's failure; 2, when it is not a plugin */
  async install(spec: PluginSpec, force: boolean): Promise<InspectedPlugin> {
    const source = sourceOf(spec)
    const plugins = await this.#open(`install ${source}`)
    const known = readPluginList(this.#config.dataDir).plugins
    await plugins.add() // npm needs the file
    const before = (await plugins.pjson()).dependencies
    const args = force ? ['--force', source] : [source]
    await plugins.npm.install(args, {cwd: this.#config.dataDir, prod: true})
    const after = (await plugins.pjson()).dependencies
    const changed = Object.keys(after).find((name) => after[name] !== before[name])
    const again = known.find(({url}) => url === source)?.name
    const name = spec.kind === 'npm' ? spec.name : (changed ?? again)
    if (name === undefined) throw new NotAPluginError(source)
    const folder = join(this.#config.dataDir, 'node_modules', name)
    if (!isPluginFolder(folder)) {
      if (!known.some((plugin) => plugin.name === name)) {
        await plugins.npm.uninstall([name], {cwd: this.#config.dataDir})
        await plugins.remove(name)
      }
      throw new NotAPluginError(name)
    }
    const from = spec.kind === 'npm' ? {tag: spec.tag} : {url: source}
    await plugins.add({name, type: 'user', ...from})
    return this.find(name)
  }

  /** @throws {UsageError} exit 2, when there is no plugin in that folder */
  async link(path: string, install: boolean): Promise<InspectedPlugin> {
    const folder = resolve(path)
    const pjson = asRecord(readJsonFile(join(folder, 'package.json')))
    if (pjson === undefined) {
      throw new UsageError(
        `${folder} has no package.json that can be read.`,
        'Use the folder of a plugin.',
      )
    }
    if (!isPluginFolder(folder)) throw new NotAPluginError(folder)
    const plugins = await this.#open(`install what ${folder} depends on`)
    await plugins.link(folder, {install})
    return this.find(asText(pjson.name) ?? folder)
  }

  /** @throws {UnknownPluginError} exit 2, when it is neither installed nor linked */
  async uninstall(name: string): Promise<ListedPlugin> {
    const entry = this.#entry(name)
    const plugins = await this.#open(`uninstall ${entry.name}`)
    await plugins.uninstall(entry.name)
    return entry
  }

  /** @returns the plugins whose version changed */
  async update(): Promise<readonly (InspectedPlugin & {readonly previous: string | null})[]> {
    const before = this.list()
    const plugins = await this.#open('update the plugins')
    await plugins.update()
    return this.list().flatMap((plugin) => {
      const previous = before.find(({name}) => name === plugin.name)?.version ?? null
      return previous === plugin.version ? [] : [{...plugin, previous}]
    })
  }

  /** Removes all plugins from the list, and the files of those that npm installed. */
  async reset(): Promise<readonly ListedPlugin[]> {
    const {plugins} = readPluginList(this.#config.dataDir)
    const names = ['package.json', 'package-lock.json', 'yarn.lock', 'node_modules']
    for (const name of names) {
      await rm(join(this.#config.dataDir, name), {force: true, recursive: true})
    }
    return plugins
  }

  #entry(name: string): ListedPlugin {
    const {plugins} = readPluginList(this.#config.dataDir)
    const named = plugins.find((plugin) => plugin.name === name)
    const withoutTag = name.replace(/(?<=.)@[^/]*$/, '')
    const folder = resolve(name)
    const found =
      named ??
      plugins.find((plugin) => plugin.name === withoutTag) ??
      plugins.find(({type, root}) => type === 'link' && resolve(root) === folder)
    if (found !== undefined) return found
    throw new UnknownPluginError(
      `No plugin ${JSON.stringify(name)} is installed or linked.`,
      'Run `mogplex plugins` to list them.',
    )
  }

  /** @param what - the action, as in "npm could not …" */
  async #open(what: string): Promise<OclifPlugins> {
    refuseBrokenList(this.#config.dataDir)
    return openOclifPlugins(this.#config, this.#options, what)
  }
}

function sourceOf(spec: PluginSpec): string {
  if (spec.kind === 'npm') return `${spec.name}@${spec.tag}`
  if (spec.kind === 'url') return spec.url
  const path = resolve(spec.path)
  if (existsSync(path)) return `file:${path}`
  throw new UsageError(`${path} is not there.`, 'Use a tarball, or the folder of a plugin.')
}

function isPluginFolder(folder: string): boolean {
  const pjson = asRecord(readJsonFile(join(folder, 'package.json')))
  const settings = asRecord(pjson?.oclif) ?? asRecord(pjson?.mogplex)
  return settings !== undefined && asText(pjson?.name) !== undefined
}
