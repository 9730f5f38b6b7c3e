import {MogplexCommand} from '@mogplex/plugin-kit'
import {listDisplayFor} from '../../app/list-display.js'
import {logListText, logReport} from '../../app/logs/log-list-text.js'
import {compose} from '../../compose.js'

export default class Logs extends MogplexCommand {
  static override auth = 'none' as const
  static override summary = 'List the sessions that have a log: when, which command, how it ended.'
  static override description = `A session that talks to a server or changes a file has a log, in which nothing is secret. The newest comes first; those of 30 days and the last 200 are kept.

With --json, one session a line.

EXIT CODES
  0  listed, also when there is none
  1  the logs cannot be read
  2  the command line makes no sense`
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
