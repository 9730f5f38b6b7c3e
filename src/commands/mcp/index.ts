import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, Flags} from '@oclif/core'
import {mcpServersText} from '../../app/hosted-text.js'
import {LIST_INPUT, listDisplayFor, syncInterrupt, syncTeller} from '../../app/list-display.js'
import {compose} from '../../compose.js'

export default class Mcp extends MogplexCommand {
  static override auth = 'account' as const
  static override summary = "List the account's MCP servers, without their secrets."
  static override description = `Answers from the copy of the last sync, without network; --refresh syncs first. With TEXT, only the servers that contain each of its words. Only the names of headers and variables are stored and shown.

With --json, one server a line.

EXIT CODES
  0    listed, even when the list is empty
  1    nothing was synced yet
  2    the command line or a setting is invalid
  64   not signed in, or the server rejects the credential
  65   --refresh: the credential has no scope read
  69   --refresh: the server cannot be reached, its answer is not understood, or --timeout has passed
  75   --refresh: too many requests; try later
  130  interrupted`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> mcp',
    '<%= config.bin %> mcp github',
    '<%= config.bin %> mcp --refresh',
    '<%= config.bin %> mcp --json',
  ]
  static override args = {TEXT: Args.string(LIST_INPUT.text)}
  static override flags = {
    refresh: Flags.boolean(LIST_INPUT.refresh),
    timeout: Flags.integer(LIST_INPUT.timeout),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Mcp)
    const {env, hosted} = compose(this.config)
    const interrupt = syncInterrupt('mogplex mcp --refresh', flags)
    try {
      const listing = await hosted.mcpServers({
        refresh: flags.refresh,
        text: args.TEXT,
        signal: interrupt?.signal,
        tell: syncTeller(process.stderr, env, this.argv, this.jsonEnabled()),
      })
      this.log(mcpServersText(listing, listDisplayFor(process.stdout, env, this.argv)))
      this.logJsonLines(listing.entries)
    } finally {
      interrupt?.release()
    }
  }
}
