import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {compose} from '../../compose.js'
import {CancelledError} from '../../domain/errors/cancelled.js'
import {listenForInterrupt} from '../../terminal/interrupt.js'

export default class McpConnect extends MogplexCommand {
  static override auth = 'none' as const
  static override summary = "Serve Mogplex's MCP tools to an agent host, on stdin and stdout."
  static override description = `An MCP server for Claude Code, Codex and others, which start it themselves; docs/agents.md says how to configure each. It passes their messages to Mogplex with the credential of this CLI, which is refreshed, follows logins and logouts, and is never part of a configuration.

It has no tools while you are signed out; they appear when you sign in. With --read-only, only the tools that Mogplex marks as read-only are shown and may be called.

EXIT CODES
  0    the host closed standard input
  2    the command line or a setting is invalid
  130  interrupted`
  static override examples = [
    '<%= config.bin %> mcp connect',
    '<%= config.bin %> mcp connect --read-only',
  ]
  static override flags = {
    'read-only': Flags.boolean({description: 'Only tools that are marked as read-only.'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(McpConnect)
    const {serveMcpHost} = compose(this.config)
    const interrupt = listenForInterrupt(
      new CancelledError('The connection was interrupted.', 'The host starts it again.'),
    )
    try {
      await serveMcpHost({
        stdin: process.stdin,
        stdout: process.stdout,
        readOnly: flags['read-only'],
        signal: interrupt.signal,
      })
    } finally {
      interrupt.release()
    }
  }
}
