import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, Flags} from '@oclif/core'
import {problemOf} from '../../app/plugins-text.js'
import {fit} from '../../terminal/wrap.js'
import {printable} from '../../domain/text/printable.js'
import {NPM_FLAGS, openPluginStore} from '../../host/plugins/installing/open-plugin-store.js'
import {summaryOf} from '../../host/plugins/plugin-facts.js'

export default class PluginsLink extends MogplexCommand {
  static override summary = 'Use a plugin from the folder in which you develop it.'
  static override description = `Changes there take effect at the next start. \`mogplex plugins unlink\` ends it.

EXIT CODES
  0   linked; a plugin that is left out all the same is named
  1   npm failed, or the list of plugins is broken
  2   the command line is invalid, or the folder is not that of a plugin
  69  the registry cannot be reached, or fails`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> plugins link .',
    '<%= config.bin %> plugins link --no-install ../my-plugin',
  ]
  static override args = {
    FOLDER: Args.string({
      default: '.',
      description: 'The folder of its package.json; by default this one.',
    }),
  }
  static override flags = {
    install: Flags.boolean({
      allowNo: true,
      default: true,
      description: 'First install its dependencies, if it has a lock file.',
    }),
    ...NPM_FLAGS,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PluginsLink)
    const store = openPluginStore(this.config, flags)
    const plugin = await store.link(args.FOLDER, flags.install)
    this.log(`Linked ${plugin.name} ${printable(plugin.version ?? '')}.`)
    if (this.jsonEnabled()) this.logJson(summaryOf(plugin))
    const problem = problemOf(plugin)
    if (problem !== undefined) this.logToStderr(fit(problem, process.stderr))
  }
}
