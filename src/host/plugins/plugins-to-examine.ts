import type {Interfaces} from '@oclif/core'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import type {InstalledPlugin} from '../../domain/plugin/installed-plugin.js'
import {wantsUserPlugins} from '../argv.js'
import {openPluginStore} from './installing/open-plugin-store.js'
import {summaryOf} from './plugin-facts.js'

/** The plugins of the user, as `mogplex doctor` looks at them. */
export interface PluginsToExamine {
  readonly list: () => readonly InstalledPlugin[]
  readonly isLoaded: ((name: string) => boolean) | undefined
}

export function pluginsToExamine(config: Interfaces.Config): PluginsToExamine {
  return {
    list: () =>
      existsSync(join(config.dataDir, 'package.json'))
        ? openPluginStore(config, {}).list().map(summaryOf)
        : [],
    isLoaded: wantsUserPlugins([], process.env)
      ? (name) =>
          config.plugins.has(name) || [...config.plugins.values()].some(({alias}) => alias === name)
      : undefined,
  }
}
