import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {listDisplayFor} from '../../app/list-display.js'
import {pluginText} from '../../app/plugins-text.js'
import {compose} from '../../compose.js'
import {openPluginStore} from '../../host/plugins/installing/open-plugin-store.js'

export default class PluginsInspect extends MogplexCommand {
  static override summary = 'Show what is known about a plugin, without running it.'
  static override description = `NAME may also be the folder of a linked plugin. With --json, one plugin a line.

EXIT CODES
  0  shown
  1  the list of plugins is broken
  2  the command line is invalid, or there is no such plugin`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> plugins inspect my-plugin']
  static override args = {
    NAME: Args.string({description: 'The plugins to show.', multiple: true, required: true}),
  }

  async run(): Promise<void> {
    const {args} = await this.parse(PluginsInspect)
    const {env} = compose(this.config)
    const store = openPluginStore(this.config, {})
    const display = listDisplayFor(process.stdout, env, this.argv)
    const plugins = args.NAME.map((name) => store.find(name))
    this.log(plugins.map((plugin) => pluginText(plugin, display)).join('\n'))
    this.logJsonLines(plugins)
  }
}
