import {type Interfaces, Plugin} from '@oclif/core'
import type {InstalledPlugin} from '../../../domain/plugin/installed-plugin.js'
import type {PluginSpec} from '../../../domain/plugin/plugin-spec.js'

/**
 * oclif's hooks around an installation: those of already loaded plugins, and, afterwards, those of
 * the new plugin, too. A plugin that cannot be loaded is installed all the same.
 */
export function installHooks(config: Interfaces.Config, spec: PluginSpec) {
  return {
    async before(): Promise<void> {
      const plugin =
        spec.kind === 'npm'
          ? ({type: 'npm', name: spec.name, tag: spec.tag} as const)
          : ({type: 'repo', url: spec.kind === 'url' ? spec.url : `file:${spec.path}`} as const)
      await config.runHook('plugins:preinstall', {plugin})
    },
    async after({name, root, problem}: InstalledPlugin): Promise<void> {
      if (problem === null) {
        const plugin = new Plugin({name, root, type: 'user'})
        const isLoaded = await plugin.load().then(
          () => true,
          () => false,
        )
        if (isLoaded) config.plugins.set(name, plugin)
      }
      await config.runHook('plugins:postinstall', {})
    },
  }
}
