import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {DRY_RUN_FLAG, entryText, FORCE_FLAG, HOST_FLAG} from '../../app/mcp-entry-text.js'
import {shortPath} from '../../app/names.js'
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
    host: Flags.option(HOST_FLAG)(),
    'dry-run': Flags.boolean(DRY_RUN_FLAG),
    force: Flags.boolean(FORCE_FLAG),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(McpRemove)
    const dryRun = flags['dry-run']
    const {env, mcpHosts} = compose(this.config)
    const {host, name, path, entry, change} = await (
      await mcpHosts()
    ).remove({
      host: flags.host,
      readOnly: false,
      force: flags.force,
      dryRun,
    })
    const shown = shortPath(path, tildeFolder(env))
    this.log(entryText(change, {name, path: shown, entry, dryRun}))
    return {host, path, action: change.action, dryRun}
  }
}
