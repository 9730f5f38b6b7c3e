import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {listDisplayFor} from '../../app/list-display.js'
import {pluginsText} from '../../app/plugins-text.js'
import {compose} from '../../compose.js'
import {openPluginStore} from '../../host/plugins/installing/open-plugin-store.js'
import {corePluginFacts, summaryOf} from '../../host/plugins/plugin-facts.js'

export default class Plugins extends MogplexCommand {
  static override summary = 'List the plugins that are installed or linked.'
  static override description = `Plugins that are left out are listed, too, with the reason. No code of a plugin runs for this: only its package.json and manifest are read.

With --json, one plugin a line.

EXIT CODES
  0  listed, even when the list is empty
  1  the list of plugins is broken
  2  the command line is invalid`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> plugins',
    '<%= config.bin %> plugins --core',
    '<%= config.bin %> plugins --json',
  ]
  static override flags = {
    core: Flags.boolean({description: 'List the plugins of mogplex itself, too.'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Plugins)
    const {env} = compose(this.config)
    const core = flags.core ? corePluginFacts(this.config) : []
    const plugins = [...core, ...openPluginStore(this.config, {}).list().map(summaryOf)]
    this.log(pluginsText(plugins, listDisplayFor(process.stdout, env, this.argv)))
    this.logJsonLines(plugins)
  }
}
