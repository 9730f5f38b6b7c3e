import type {Interfaces} from '@oclif/core'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {LocalFileError} from '../../domain/errors/local-files.js'
import {isPackageName} from '../../domain/plugin/manifest-flaw.js'
import {needsNewerNode} from '../../domain/plugin/node-range.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'
import {leadsOut, readJsonFile, readPluginFile} from './plugin-file.js'

/** An entry of the list of installed and linked plugins. */
export interface ListedPlugin {
  readonly name: string
  readonly type: 'link' | 'user'
  /** The folder of a linked plugin; for an installed one, the file of the list. */
  readonly root: string
  readonly tag?: string | undefined
  readonly url?: string | undefined
}

/** The plugins in the file of `mogplex plugins`, installed ones first, as in oclif. */
interface PluginList {
  readonly plugins: readonly ListedPlugin[]
  /** The problem with the list itself, as in "the list …". */
  readonly problems: readonly string[]
}

/** @param dataDir - oclif's folder for plugins; need not exist */
export function readPluginList(dataDir: string): PluginList {
  const path = join(dataDir, 'package.json')
  const list = readJsonFile(path)
  if (list === undefined) {
    return {plugins: [], problems: [`cannot be read (${path}): no plugin of yours is loaded`]}
  }
  const listed = asRecord(asRecord(list)?.oclif)?.plugins
  const entries = Array.isArray(listed) ? listed.map((value) => listedPlugin(value, path)) : []
  const plugins = entries
    .filter((entry) => entry !== undefined)
    .sort((a, b) => (a.type === b.type ? 0 : a.type === 'user' ? -1 : 1))
  const odd = plugins.filter(({name}) => !isPackageName(name))
  return {
    plugins: plugins.filter((plugin) => !odd.includes(plugin)),
    problems: odd.map(({name}) => `names what is not a package (${printable(name, 100)})`),
  }
}

/**
 * Called before the list is written: oclif would treat a broken one as empty, and overwrite it.
 *
 * @throws {LocalFileError} exit 1
 */
export function refuseBrokenList(dataDir: string): void {
  const path = join(dataDir, 'package.json')
  if (!existsSync(path)) return
  const list = asRecord(readJsonFile(path))
  const listed = asRecord(list?.oclif)?.plugins ?? []
  const isWhole =
    list !== undefined &&
    Array.isArray(listed) &&
    listed.every((entry) => asText(asRecord(entry)?.name) !== undefined)
  if (isWhole) return
  throw new LocalFileError(
    `The list of plugins (${path}) is broken.`,
    'Repair it, or run `mogplex plugins reset`, which forgets all plugins.',
  )
}

function listedPlugin(value: unknown, path: string): ListedPlugin | undefined {
  const {type, root, name, tag, url} = asRecord(value) ?? {}
  const shared = {name: asText(name), tag: asText(tag), url: asText(url)}
  if (shared.name === undefined) return undefined
  if (type === 'user') return {...shared, name: shared.name, type, root: path}
  if (type !== 'link' || typeof root !== 'string') return undefined
  return {...shared, name: shared.name, type, root}
}

/** It is left out until Node is updated: not a fault of the plugin. */
export class NeedsNewerNode extends Error {
  /** @param range - `engines.node` of its package.json */
  constructor(readonly range: string) {
    super(`it needs Node ${range}, and this is ${process.versions.node}`)
  }
}

/**
 * The folder of a plugin and its package.json, if that has settings for oclif or for mogplex: a
 * plugin that contributes only skills needs none for oclif.
 *
 * @throws {NeedsNewerNode} {Error} with the reason why the plugin is left out
 */
export function readPackage(
  entry: ListedPlugin,
): {root: string; pjson: Interfaces.PJSON} | undefined {
  const root = folderOf(entry)
  const pjson = packageIn(root)
  const {node} = asRecord(pjson.engines) ?? {}
  if (typeof node === 'string' && needsNewerNode(node, process.versions.node)) {
    throw new NeedsNewerNode(node)
  }
  if (!('oclif' in pjson) && !('mogplex' in pjson)) return undefined
  const {oclif = {}} = pjson as Partial<Interfaces.PJSON>
  if (asRecord(oclif) === undefined) throw new Error('its oclif settings are not an object')
  const outside = pathsOf(oclif).find((path) => leadsOut(root, path))
  if (outside !== undefined) throw new Error(`${outside} in its settings is not in its folder`)
  return {root, pjson: {...pjson, oclif}}
}

/** The folder of a plugin's files. */
export function folderOf({name, type, root}: ListedPlugin): string {
  return type === 'link' ? root : join(root, '..', 'node_modules', name)
}

/** @throws {Error} with the problem */
function packageIn(folder: string): Interfaces.PJSON {
  const path = join(folder, 'package.json')
  const text = readPluginFile(path)
  if (text === undefined) throw new Error(`${path} is not there`)
  const pjson = asRecord(parseJson(text))
  if (pjson === undefined) throw new Error(`${path} is broken`)
  return pjson as Interfaces.PJSON
}

/** Where oclif finds commands and hooks, as far as its settings name them. */
function pathsOf({commands, hooks}: Record<string, unknown>): string[] {
  const all = [commands, ...Object.values(asRecord(hooks) ?? {}).flat()]
  return all.flatMap((each) => asText(asRecord(each)?.target) ?? asText(each) ?? [])
}
