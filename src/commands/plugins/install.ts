import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, Flags} from '@oclif/core'
import {problemOf} from '../../app/plugins-text.js'
import {fit} from '../../terminal/wrap.js'
import {parsePluginSpec} from '../../domain/plugin/plugin-spec.js'
import {printable} from '../../domain/text/printable.js'
import {NPM_FLAGS, openPluginStore} from '../../host/plugins/installing/open-plugin-store.js'
import {installHooks} from '../../host/plugins/installing/install-hooks.js'
import {summaryOf} from '../../host/plugins/plugin-facts.js'

export default class PluginsInstall extends MogplexCommand {
  static override summary = 'Install plugins, with npm.'
  static override description = `PLUGIN is the name of a package, with a version or a tag if needed; a tarball or folder on this machine; owner/repository at GitHub; or an address that npm accepts. Installing runs code of the plugin and of its dependencies: install only what you trust. Of npm's output, only warnings are shown.

MOGPLEX_NPM_REGISTRY names another registry.

With --json, one plugin a line.

EXIT CODES
  0   installed; a plugin that is left out all the same is named
  1   npm failed, or the list of plugins is broken
  2   the command line is invalid, there is no such package, or it is not a plugin
  69  the registry cannot be reached, or fails
  75  too many requests; try later`
  static override aliases = ['plugins:add']
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> plugins install my-plugin',
    '<%= config.bin %> plugins install @me/my-plugin@1.2.0',
    '<%= config.bin %> plugins install ./my-plugin-1.0.0.tgz',
    '<%= config.bin %> plugins install owner/repository',
  ]
  static override args = {
    PLUGIN: Args.string({description: 'What to install.', multiple: true, required: true}),
  }
  static override flags = {
    force: Flags.boolean({char: 'f', description: 'Fetch even what npm has cached.'}),
    ...NPM_FLAGS,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PluginsInstall)
    const store = openPluginStore(this.config, flags)
    const specs = args.PLUGIN.map(parsePluginSpec)
    for (const spec of specs) {
      const hooks = installHooks(this.config, spec)
      await hooks.before()
      const plugin = await store.install(spec, flags.force)
      await hooks.after(plugin)
      this.log(`Installed ${plugin.name} ${printable(plugin.version ?? '')}.`)
      if (this.jsonEnabled()) this.logJson(summaryOf(plugin))
      const problem = problemOf(plugin)
      if (problem !== undefined) this.logToStderr(fit(problem, process.stderr))
    }
  }
}
