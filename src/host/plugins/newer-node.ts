import {join} from 'node:path'
import {PluginNeedsNodeError} from '../../domain/errors/plugin.js'
import {asRecord} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'
import {knownCommands} from './known-commands.js'
import {readJsonFile} from './plugin-file.js'
import {
  folderOf,
  type ListedPlugin,
  NeedsNewerNode,
  readPackage,
  readPluginList,
} from './plugin-list.js'

/**
 * Explains a missing command of a plugin that is left out until Node is updated.
 *
 * @param id - the id that was not found; its last words may be arguments
 */
export function commandForNewerNode(id: string, dataDir: string): PluginNeedsNodeError | undefined {
  for (const plugin of readPluginList(dataDir).plugins) {
    const reason = reasonOf(plugin)
    if (reason === undefined) continue
    const root = folderOf(plugin)
    const pjson = asRecord(readJsonFile(join(root, 'package.json'))) ?? {}
    const {commands = {}} = knownCommands(root, pjson)
    const found = Object.keys(commands).find((known) => `${id}:`.startsWith(`${known}:`))
    if (found !== undefined) {
      return new PluginNeedsNodeError(
        printable(found.replaceAll(':', ' '), 60),
        plugin.name,
        reason,
      )
    }
  }
  return undefined
}

function reasonOf(plugin: ListedPlugin): string | undefined {
  try {
    readPackage(plugin)
  } catch (error) {
    if (error instanceof NeedsNewerNode) return printable(error.message)
  }
  return undefined
}
