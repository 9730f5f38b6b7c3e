import type {Interfaces} from '@oclif/core'
import {asRecord, asText} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'

/** A foreign plugin, and where to report a bug to its author. */
interface PluginAuthor {
  readonly plugin: string
  /** A web page, as `bugs` or `homepage` of its package.json names it. */
  readonly address?: string | undefined
}

/** The plugin of a command; `undefined` for ours, and for unknown commands. */
export function authorOf(
  id: string,
  config: Pick<Interfaces.Config, 'findCommand' | 'plugins'>,
): PluginAuthor | undefined {
  const {pluginName, pluginType} = config.findCommand(id) ?? {}
  if (pluginName === undefined || pluginType === undefined || pluginType === 'core')
    return undefined
  const {bugs, homepage} = asRecord(config.plugins.get(pluginName)?.pjson) ?? {}
  const address = [bugs, asRecord(bugs)?.url, homepage]
    .flatMap((value) => asText(value) ?? [])
    .find((text) => /^https?:\/\//.test(text))
  return {
    plugin: printable(pluginName, 100),
    address: address === undefined ? undefined : printable(address, 200),
  }
}

/** The recipient of a report, as in "report it to …". */
export function authorText({plugin, address}: PluginAuthor): string {
  return `the author of the plugin ${plugin}${address === undefined ? '' : ` (${address})`}`
}
