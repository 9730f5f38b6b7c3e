import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, loadHelpClass} from '@oclif/core'

export default class Help extends MogplexCommand {
  static override summary = 'Show what a command does, or a page of the manual.'
  static override description = `WORDS are a command, or a page of the manual. Without WORDS, all commands by purpose, and the names of the pages.

With --json, one object: the summary, args and flags of a command, or of all of them.

EXIT CODES
  0  shown
  2  there is no such command or page`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> help login',
    '<%= config.bin %> help exit-codes',
    '<%= config.bin %> help --json',
  ]
  static override args = {
    WORDS: Args.string({description: 'What to show.', multiple: true, required: false}),
  }

  async run(): Promise<void> {
    const {args} = await this.parse(Help)
    const HelpClass = await loadHelpClass(this.config)
    const json = this.jsonEnabled() ? ['--json'] : []
    await new HelpClass(this.config).showHelp([...(args.WORDS ?? []), ...json])
  }
}
