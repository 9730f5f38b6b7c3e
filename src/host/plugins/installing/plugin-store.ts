import type {Interfaces} from '@oclif/core'
import {existsSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {LocalFileError} from '../../../domain/errors/local-files.js'
import {NotAPluginError, UnknownPluginError} from '../../../domain/errors/plugin.js'
import {UsageError} from '../../../domain/errors/usage.js'
import type {InspectedPlugin} from '../../../domain/plugin/installed-plugin.js'
import {ReservedNames} from '../../../domain/plugin/reserved-names.js'
import type {PluginSpec} from '../../../domain/plugin/plugin-spec.js'
import {asRecord, asText} from '../../../domain/text/json.js'
import {factsOf, type OurNames} from '../plugin-facts.js'
import {readJsonFile} from '../plugin-file.js'
import {type ListedPlugin, readPluginList} from '../plugin-list.js'
import {loadExport} from '../plugin-module.js'
import {type NpmOutputLevel, runNpm} from './npm.js'

/** What is used of the class with which @oclif/plugin-plugins keeps its list, and of its npm. */
interface OclifPlugins {
  readonly npm: {
    exec(args: string[], options: {cwd: string}): Promise<unknown>
    install(args: string[], options: {cwd: string; prod: boolean}): Promise<unknown>
    uninstall(args: string[], options: {cwd: string}): Promise<unknown>
    findNpm(): Promise<string>
  }
  add(...plugins: object[]): Promise<void>
  isValidPlugin(plugin: object): boolean
  link(path: string, options: {install: boolean}): Promise<unknown>
  pjson(): Promise<{dependencies: Record<string, string>}>
  remove(name: string): Promise<void>
  uninstall(name: string): Promise<void>
  update(): Promise<void>
}

interface Options {
  readonly outputLevel: NpmOutputLevel
  /** The names of slash commands that are ours. */
  readonly slashCommands: readonly string[]
  /** Shows a line of npm. */
  readonly say: (line: string) => void
}

const PACKAGE = '@oclif/plugin-plugins'

/**
 * The plugins of the user: what is there, and how that changes. @oclif/plugin-plugins keeps the
 * list, so that it stays what oclif knows; npm is run here, so that its failures have our codes.
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
   * What is installed and linked, read as data.
   *
   * @throws {LocalFileError} exit 1, when the list is broken
   */
  list(): InspectedPlugin[] {
    this.#refuseBrokenList()
    const {plugins} = readPluginList(this.#config.dataDir)
    return plugins.map((plugin) => factsOf(plugin, this.#ours))
  }

  /** @throws {UnknownPluginError} exit 2, when it is neither installed nor linked */
  find(name: string): InspectedPlugin {
    return factsOf(this.#entry(name), this.#ours)
  }

  /** @throws {MogplexError} what npm could not do; 2, when it is not a plugin */
  async install(spec: PluginSpec, force: boolean): Promise<InspectedPlugin> {
    const source = sourceOf(spec)
    const plugins = await this.#plugins(`install ${source}`)
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
    const plugins = await this.#plugins(`install what ${folder} depends on`)
    await plugins.link(folder, {install})
    return this.find(asText(pjson.name) ?? folder)
  }

  /** @throws {UnknownPluginError} exit 2, when it is neither installed nor linked */
  async uninstall(name: string): Promise<ListedPlugin> {
    const entry = this.#entry(name)
    const plugins = await this.#plugins(`uninstall ${entry.name}`)
    await plugins.uninstall(entry.name)
    return entry
  }

  /** @returns those that have another version now */
  async update(): Promise<readonly (InspectedPlugin & {readonly previous: string | null})[]> {
    const before = this.list()
    const plugins = await this.#plugins('update the plugins')
    await plugins.update()
    return this.list().flatMap((plugin) => {
      const previous = before.find(({name}) => name === plugin.name)?.version ?? null
      return previous === plugin.version ? [] : [{...plugin, previous}]
    })
  }

  /** Forgets all plugins, and removes the files of those that npm installed. */
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

  /** @param what - npm is to do, as in "npm could not …" */
  async #plugins(what: string): Promise<OclifPlugins> {
    this.#refuseBrokenList()
    const root = this.#config.plugins.get(PACKAGE)?.root ?? ''
    const Plugins = (await loadExport(join(root, 'lib/plugins.js'), 'default')) as new (options: {
      config: Interfaces.Config
    }) => OclifPlugins
    const plugins = new Plugins({config: this.#config})
    plugins.isValidPlugin = () => true // see isPluginFolder, which needs no settings for oclif
    const program = await plugins.npm.findNpm()
    const {npmRegistry} = this.#config
    const registry = npmRegistry === undefined ? [] : [`--registry=${npmRegistry}`]
    plugins.npm.exec = async (args, {cwd}) => {
      const run = {program, args: [...args, ...registry], cwd, env: process.env, what}
      await runNpm({...run, ...this.#options})
      return {stdout: [], stderr: []}
    }
    return plugins
  }

  /** oclif would take it for an empty one, and write over it. */
  #refuseBrokenList(): void {
    const path = join(this.#config.dataDir, 'package.json')
    if (!existsSync(path)) return
    const listed = asRecord(asRecord(readJsonFile(path))?.oclif)?.plugins ?? []
    if (asRecord(readJsonFile(path)) !== undefined && Array.isArray(listed)) {
      if (listed.every((entry) => asText(asRecord(entry)?.name) !== undefined)) return
    }
    throw new LocalFileError(
      `The list of plugins (${path}) is broken.`,
      'Repair it, or run `mogplex plugins reset`, which forgets all plugins.',
    )
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
