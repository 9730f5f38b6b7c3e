import type {Interfaces} from '@oclif/core'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import type {InstalledPlugin} from '../../domain/plugin/installed-plugin.js'
import {wantsUserPlugins} from '../argv.js'
import {openPluginStore} from './installing/open-plugin-store.js'
import type {PluginCustody} from './plugin-custody.js'
import {summaryOf} from './plugin-facts.js'

/** The user's plugins, for `mogplex doctor`. */
interface PluginsToExamine {
  readonly list: () => readonly InstalledPlugin[]
  readonly isLoaded: ((name: string) => boolean) | undefined
  /** The problem when it was loaded or its hooks ran, as in "it is left out". */
  readonly faultOf: (name: string) => string | undefined
}

type Config = Interfaces.Config & {
  readonly custody?: Pick<PluginCustody, 'faults'> | undefined
}

export function pluginsToExamine(config: Config): PluginsToExamine {
  return {
    list: () =>
      existsSync(join(config.dataDir, 'package.json'))
        ? openPluginStore(config, {}).list().map(summaryOf)
        : [],
    faultOf: (name) => config.custody?.faults.told.get(name),
    isLoaded: wantsUserPlugins([], process.env)
      ? (name) =>
          config.plugins.has(name) || [...config.plugins.values()].some(({alias}) => alias === name)
      : undefined,
  }
}
