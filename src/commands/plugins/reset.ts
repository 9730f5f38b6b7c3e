import {MogplexCommand} from '@mogplex/plugin-kit'
import {openPluginStore} from '../../host/plugins/installing/open-plugin-store.js'
import {Flags} from '@oclif/core'

export default class PluginsReset extends MogplexCommand {
  static override summary = 'Remove all plugins, and the list of them.'
  static override description = `No code of a plugin runs, and a broken list is removed, too. The folders of linked plugins stay as they are.

With --json, one removed plugin a line.

EXIT CODES
  0  removed, even when there was none
  1  a file cannot be removed
  2  the command line is invalid`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> plugins reset']
  static override flags = {
    hard: Flags.boolean({hidden: true, description: 'This is always done.'}),
  }

  async run(): Promise<void> {
    await this.parse(PluginsReset)
    const removed = await openPluginStore(this.config, {}).reset()
    if (removed.length === 0) this.log('No plugin was installed or linked.')
    for (const {name, type} of removed) {
      this.log(`Removed ${name}.`)
      if (this.jsonEnabled()) this.logJson({name, type})
    }
  }
}
