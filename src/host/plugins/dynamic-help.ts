import type {Command} from '@oclif/core'
import {asRecord} from '../../domain/text/json.js'
import {LOAD_LIMIT_MS} from './limits.js'
import type {PluginCustody} from './plugin-custody.js'
import {shortMessageOf} from './plugin-faults.js'

/**
 * A plugin's command with the flag defaults that it computes for help: oclif's `defaultHelp`. If
 * one fails, the manifest's value stays.
 */
export async function withDynamicDefaults(
  command: Command.Loadable,
  custody: PluginCustody | undefined,
): Promise<Command.Loadable> {
  const {hasDynamicHelp, pluginName, pluginType} = command
  const isTheirs = pluginName !== undefined && pluginType !== undefined && pluginType !== 'core'
  if (hasDynamicHelp !== true || !isTheirs || custody === undefined) return command
  const task = {plugin: pluginName, what: 'its help', limitMs: LOAD_LIMIT_MS}
  try {
    const defaults = await custody.run(task, async () => defaultsOf(await command.load()))
    const flags = Object.entries(asRecord(command.flags) ?? {}).map(([name, flag]) => {
      const value = defaults?.get(name)
      return [name, value === undefined ? flag : {...asRecord(flag), default: value}]
    })
    return {...command, flags: Object.fromEntries(flags) as Command.Loadable['flags']}
  } catch (error) {
    custody.faults.tell(pluginName, `failed in its help: ${shortMessageOf(error)}`)
    return command
  }
}

async function defaultsOf({flags}: {readonly flags?: unknown}): Promise<Map<string, unknown>> {
  const found = Object.entries(asRecord(flags) ?? {}).map(async ([name, flag]) => {
    const {defaultHelp} = asRecord(flag) ?? {}
    if (typeof defaultHelp !== 'function') return undefined
    const value: unknown = await Reflect.apply(defaultHelp, flag, [{flags: {}, options: flag}])
    return [name, value] as const
  })
  return new Map((await Promise.all(found)).filter((each) => each !== undefined))
}
