import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {ENTRY_FLAGS, entryReport, entryText} from '../../app/mcp-entry-text.js'
import {compose} from '../../compose.js'
import {tildeFolder} from '../../domain/platform/shell.js'

export default class McpInstall extends MogplexCommand {
  static override summary = 'Tell an agent host to start `mogplex mcp connect`.'
  static override description = `Writes one entry into the host's own file: a command, no credential. The rest of the file stays as it is; without --force, so does an entry that somebody has edited. With --profile NAME before the command, the server uses that profile.

EXIT CODES
  0  done, or there was nothing to do
  1  the file cannot be read or written, or somebody has edited the entry
  2  the command line is invalid`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> mcp install --host claude-code',
    '<%= config.bin %> mcp install --host codex --dry-run',
  ]
  static override flags = {
    host: Flags.option(ENTRY_FLAGS.host)(),
    'read-only': Flags.boolean({
      default: false,
      description: 'Only tools that are marked as read-only.',
    }),
    'dry-run': Flags.boolean(ENTRY_FLAGS.dryRun),
    force: Flags.boolean(ENTRY_FLAGS.force),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(McpInstall)
    const {env, mcpHosts} = compose(this.config)
    const hosts = await mcpHosts()
    const changed = await hosts.install({
      host: flags.host,
      readOnly: flags['read-only'],
      force: flags.force,
      dryRun: flags['dry-run'],
    })
    this.log(entryText(changed, tildeFolder(env)))
    return entryReport(changed)
  }
}
