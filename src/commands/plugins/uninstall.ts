import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {NPM_FLAGS, openPluginStore} from '../../host/plugins/installing/open-plugin-store.js'

export default class PluginsUninstall extends MogplexCommand {
  static override summary = 'Remove plugins, installed or linked.'
  static override description = `No code of a plugin runs, so this works even if a plugin is broken. NAME may also be the folder of a linked plugin, which stays as it is.

With --json, one plugin a line.

EXIT CODES
  0  removed
  1  the list of plugins is broken
  2  the command line is invalid, or there is no such plugin`
  static override aliases = ['plugins:unlink', 'plugins:remove']
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> plugins uninstall my-plugin']
  static override args = {
    NAME: Args.string({default: ['.'], description: 'What to remove.', multiple: true}),
  }
  static override flags = {...NPM_FLAGS}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PluginsUninstall)
    const store = openPluginStore(this.config, flags)
    for (const name of args.NAME) {
      const plugin = await store.uninstall(name)
      this.log(`Removed ${plugin.name}.`)
      if (this.jsonEnabled()) this.logJson({name: plugin.name, type: plugin.type})
    }
    await this.config.runHook('plugins:postuninstall', {})
  }
}
