import {MogplexCommand} from '@mogplex/plugin-kit'
import {printable} from '../../domain/text/printable.js'
import {NPM_FLAGS, openPluginStore} from '../../host/plugins/installing/open-plugin-store.js'
import {summaryOf} from '../../host/plugins/plugin-facts.js'

export default class PluginsUpdate extends MogplexCommand {
  static override summary = 'Update the plugins that are installed.'
  static override description = `Each follows the version or the tag that it was installed with.

With --json, one line for each plugin whose version changed, with \`previous\`.

EXIT CODES
  0   updated, also when there was nothing to do
  1   npm failed, or the list of plugins is broken
  2   the command line is invalid
  69  the registry cannot be reached, or fails
  75  too many requests; try later`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> plugins update']
  static override flags = {...NPM_FLAGS}

  async run(): Promise<void> {
    const {flags} = await this.parse(PluginsUpdate)
    const changed = await openPluginStore(this.config, flags).update()
    if (changed.length === 0) this.log('All plugins are as new as they may be.')
    for (const {previous, ...plugin} of changed) {
      const versions = [previous, plugin.version].map((version) => printable(version ?? 'none'))
      this.log(`Updated ${plugin.name}: ${versions.join(' to ')}.`)
      if (this.jsonEnabled()) this.logJson({...summaryOf(plugin), previous})
    }
  }
}
