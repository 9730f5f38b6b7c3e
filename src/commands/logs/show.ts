import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {shownLog, writeLines} from '../../app/logs/shown-log.js'
import {displayFor} from '../../app/display.js'
import {compose} from '../../compose.js'

export default class LogsShow extends MogplexCommand {
  static override auth = 'none' as const
  static override summary = 'Print the log of a session for people to read.'
  static override description = `Without ID, the newest one; a unique part of an id is enough. With --json, its lines as they are, one object a line; docs/session-logs.md describes them.

EXIT CODES
  0  printed
  1  there is no such log, or it cannot be read
  2  the ID is invalid, or part of several ids, which are listed`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> logs show', '<%= config.bin %> logs show --json']
  static override args = {
    ID: Args.string({
      description: 'Which session, or a part of its id: see `mogplex logs`.',
      required: false,
    }),
  }

  async run(): Promise<void> {
    const {args} = await this.parse(LogsShow)
    const {env, logs} = compose(this.config)
    const log = (await logs()).show(args.ID)
    const display = displayFor(process.stdout, env, this.argv)
    await writeLines(process.stdout, shownLog(log, this.jsonEnabled() ? undefined : display))
  }
}
