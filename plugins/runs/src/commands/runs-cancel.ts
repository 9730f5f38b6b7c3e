import {MogplexCommand, paint} from '@mogplex/plugin-kit'
import {RUN_ARG} from './run-arg.js'
import {requireRunId} from '../domain/run.js'
import {cancelRun} from '../services/runs.js'
import {statusText} from '../text/run-text.js'

export default class RunsCancel extends MogplexCommand {
  static override auth = 'write' as const
  static override summary = 'Ask a run to stop.'
  static override description = `A run that has already ended is not an error. A request whose answer is lost is repeated: the service cancels once.

With --json, the run, its status, and whether it had ended before, as the service gives them.

EXIT CODES
  0   asked to stop, or it had ended
  1   there is no such run for this account, or it cannot be cancelled in its state
  2   the command line or a setting is invalid
  64  not signed in, or the server rejects the credential
  65  the credential may not do this: it needs the scope write
  69  the server cannot be reached, or its answer is not understood
  75  too many requests; try later`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> runs cancel 5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab']
  static override completes = {ID: 'runs'}
  static override args = {ID: RUN_ARG}

  async run(): Promise<unknown> {
    const {args} = await this.parse(RunsCancel)
    const runId = requireRunId(args.ID)
    const {run, wasOver, given} = await cancelRun(await this.session(), runId)
    const [name, now] = [paint(`Run ${run.id}`, 'strong'), new Date()]
    // After a lost answer, our own first attempt may have ended it.
    if (wasOver) this.log(`${name} has ended: ${statusText(run, {now})}.`)
    else this.log(`${name} is asked to stop. \`mogplex attach ${run.id}\` shows how it ends.`)
    return given
  }
}
