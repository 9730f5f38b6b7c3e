import {MogplexCommand} from '@mogplex/plugin-kit'
import {listDisplayFor} from '../../app/list-display.js'
import {logListText, logReport} from '../../app/logs/log-list-text.js'
import {compose} from '../../compose.js'

export default class Logs extends MogplexCommand {
  static override auth = 'none' as const
  static override summary =
    'List the sessions that have a log: when, which command, how each ended.'
  static override description = `A session that talks to a server or changes a file has a log, which holds no secrets. The newest comes first. Logs are kept for 30 days, and 200 at most.

With --json, one session a line.

EXIT CODES
  0  listed, even when the list is empty
  1  the logs cannot be read
  2  the command line is invalid`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> logs', '<%= config.bin %> logs --json']

  async run(): Promise<void> {
    await this.parse(Logs)
    const {env, logs} = compose(this.config)
    const sessions = (await logs()).list()
    this.log(logListText(sessions, listDisplayFor(process.stdout, env, this.argv)))
    this.logJsonLines(sessions.map(logReport))
  }
}
