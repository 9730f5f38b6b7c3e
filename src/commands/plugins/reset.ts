import {MogplexCommand} from '@mogplex/plugin-kit'
import {openPluginStore} from '../../host/plugins/installing/open-plugin-store.js'
import {Flags} from '@oclif/core'

export default class PluginsReset extends MogplexCommand {
  static override summary = 'Remove all plugins, and the list of them.'
  static override description = `Nothing of any plugin runs, and a list that is broken goes as well. The folders of linked plugins stay as they are.

With --json, one removed plugin a line.

EXIT CODES
  0  removed, also when there was none
  1  a file cannot be removed
  2  the command line makes no sense`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> plugins reset']
  static override flags = {
    hard: Flags.boolean({hidden: true, description: 'What is done anyhow.'}),
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
