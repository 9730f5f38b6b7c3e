import {MogplexCommand, paint} from '@mogplex/plugin-kit'
import {RUN_ARG} from './run-arg.js'
import {requireRunId} from '../domain/run.js'
import {cancelRun} from '../services/runs.js'
import {statusText} from '../text/run-text.js'

export default class RunsCancel extends MogplexCommand {
  static override auth = 'write' as const
  static override summary = 'Ask a run to stop.'
  static override description = `It is no error where it had ended before. A lost answer is asked for again: the service cancels once.

With --json, the run, its status, and whether it had ended before, as the service gives them.

EXIT CODES
  0   asked to stop, or it had ended
  1   there is no such run for this account, or it is in no state for it
  2   the command line or a setting makes no sense
  64  nobody is signed in, or the server rejects the credential
  65  the credential may not do this: it needs the scope write
  69  the server cannot be reached or understood
  75  too many requests, try later`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> runs cancel 5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab']
  static override completes = {ID: 'runs'}
  static override args = {ID: RUN_ARG}

  async run(): Promise<unknown> {
    const {args} = await this.parse(RunsCancel)
    const runId = requireRunId(args.ID)
    const {run, wasOver, given} = await cancelRun(await this.session(), runId)
    const [name, now] = [paint(`Run ${run.id}`, 'strong'), new Date()]
    // After a lost answer it may well be our own first try that has ended it.
    if (wasOver) this.log(`${name} has ended: ${statusText(run, {now})}.`)
    else this.log(`${name} is asked to stop. \`mogplex attach ${run.id}\` shows how it ends.`)
    return given
  }
}
