import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {ENTRY_FLAGS, entryReport, entryText} from '../../app/mcp-entry-text.js'
import {compose} from '../../compose.js'
import {tildeFolder} from '../../domain/platform/shell.js'

export default class McpRemove extends MogplexCommand {
  static override summary = "Remove the mogplex entry from an agent host's file."
  static override description = `The rest of the file stays as it is; without --force, so does an entry that somebody has edited.

EXIT CODES
  0  done, or there was nothing to do
  1  the file cannot be read or written, or somebody has edited the entry
  2  the command line is invalid`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> mcp remove --host claude-code',
    '<%= config.bin %> mcp remove --host codex --dry-run',
  ]
  static override flags = {
    host: Flags.option(ENTRY_FLAGS.host)(),
    'dry-run': Flags.boolean(ENTRY_FLAGS.dryRun),
    force: Flags.boolean(ENTRY_FLAGS.force),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(McpRemove)
    const {env, mcpHosts} = compose(this.config)
    const hosts = await mcpHosts()
    const changed = await hosts.remove({
      host: flags.host,
      force: flags.force,
      dryRun: flags['dry-run'],
    })
    this.log(entryText(changed, tildeFolder(env)))
    return entryReport(changed)
  }
}
