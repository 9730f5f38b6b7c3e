import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {RUN_ARG} from './run-arg.js'
import {FOLLOW_FLAG, FOLLOW_SECONDS, FOLLOW_TIMEOUT_FLAG, follow} from '../follow.js'
import {requireRunId} from '../domain/run.js'
import {MAX_EVENTS, readEvents} from '../services/runs.js'
import {eventsText} from '../text/tables.js'
import {tell} from '../tell.js'

export default class RunsEvents extends MogplexCommand {
  static override auth = 'account' as const
  static override summary = 'Show the events of a run; with --follow until it ends.'
  static override description = `--follow is \`mogplex attach\`, with a limit: live at a terminal; elsewhere each event is a line.

With --json, one event a line, as the service gives it; with --follow a last line with the run's id and status.

EXIT CODES
  0    shown; with --follow, the run ended with success
  1    there is no such run; with --follow, it failed, was cancelled, or --timeout has passed
  2    the command line or a setting is invalid
  64   not signed in, or the server rejects the credential
  65   the credential may not do this
  69   the server cannot be reached, or its answer is not understood
  75   too many requests; try later
  130  left; the run goes on`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> runs events 5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab',
    '<%= config.bin %> runs events $RUN --follow --timeout 600 --json',
  ]
  static override completes = {ID: 'runs'}
  static override args = {ID: RUN_ARG}
  static override flags = {
    follow: Flags.boolean(FOLLOW_FLAG),
    timeout: Flags.integer(FOLLOW_TIMEOUT_FLAG),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RunsEvents)
    const runId = requireRunId(args.ID)
    if (flags.follow) {
      await follow(this.config, runId, {
        timeoutSeconds: flags.timeout ?? FOLLOW_SECONDS,
        argv: this.argv,
      })
      return
    }
    const events = await readEvents(await this.session(), runId)
    if (this.jsonEnabled()) this.logJsonLines(events.map(({given}) => given))
    else if (events.length === 0) tell('Nothing happened in this run yet.')
    else this.log(eventsText(events, {now: new Date()}))
    if (events.length < MAX_EVENTS) return
    tell(`The service shows the first ${MAX_EVENTS} events of a run: later ones are missing here.`)
  }
}
