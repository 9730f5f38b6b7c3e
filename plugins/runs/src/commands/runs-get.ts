import {MogplexCommand} from '@mogplex/plugin-kit'
import {RUN_ARG} from './run-arg.js'
import {requireRunId} from '../domain/run.js'
import {repositoryName} from '../services/repositories.js'
import {readRun} from '../services/runs.js'
import {runText} from '../text/run-text.js'

export default class RunsGet extends MogplexCommand {
  static override auth = 'account' as const
  static override summary = 'Show a run: its status, branch, and how long it took.'
  static override description = `With --json, the run as the service gives it.

EXIT CODES
  0   shown, whatever became of the run
  1   there is no such run for this account
  2   the command line or a setting is invalid
  64  not signed in, or the server rejects the credential
  65  the credential may not do this
  69  the server cannot be reached, or its answer is not understood
  75  too many requests; try later`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> runs get 5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab']
  static override completes = {ID: 'runs'}
  static override args = {ID: RUN_ARG}

  async run(): Promise<unknown> {
    const {args} = await this.parse(RunsGet)
    const runId = requireRunId(args.ID)
    const session = await this.session()
    const run = await readRun(session, runId)
    if (!this.jsonEnabled()) {
      const [repository, site] = [await repositoryName(session, run.repoId), await session.site()]
      const display = {now: new Date(), repository, site, attach: 'mogplex attach'}
      this.log(runText(run, display))
    }
    return run.given
  }
}
