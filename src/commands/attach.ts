import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, Flags} from '@oclif/core'
import {attachRun, requireRunId} from '../app/run/attach.js'
import {isRunMeant, noRunToChoose, runChoices, WHICH_RUN} from '../app/run/choose-run.js'
import {NO_NOTIFY_FLAG} from '../app/run/notify-flag.js'
import {TIMEOUT_FLAG} from '../app/time-limit.js'
import {compose} from '../compose.js'
import {UsageError} from '../domain/errors/usage.js'

export default class Attach extends MogplexCommand {
  static override auth = 'account' as const
  static override summary = 'Show a run, and follow it until it ends.'
  static override description = `Shows what the run has done so far, and follows it. At a terminal q leaves, as do Escape and Ctrl+C twice, and the run goes on; c cancels it. Without RUN, it lets you choose from the runs attached to before.

With --json, one object for each event, and a last line with the run's id and status.

EXIT CODES
  0    the run ended with success
  1    the run failed or was cancelled, there is no such run, or --timeout has passed
  2    the command line or a setting is invalid
  64   not signed in, or the server rejects the credential
  65   the credential may not do this
  69   the server cannot be reached at the start, or its answer is not understood
  75   too many requests; try later
  130  left; the run goes on`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> attach 5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab',
    '<%= config.bin %> attach $RUN --json --timeout 600',
  ]
  static override args = {
    RUN: Args.string({
      description:
        'The id of the run; without it, choose at a terminal from those attached to before.',
      required: false,
    }),
  }
  static override flags = {
    'no-notify': Flags.boolean(NO_NOTIFY_FLAG),
    timeout: Flags.integer({
      ...TIMEOUT_FLAG,
      description: 'Leave after this many seconds, with exit code 1.',
    }),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Attach)
    const runId = requireRunId(args.RUN ?? (await this.#chosen()))
    const {env, runs} = compose(this.config)
    const {stdin, stdout, stderr} = process
    process.exitCode = await attachRun({
      runId,
      env,
      argv: this.argv,
      interactive: this.interactive,
      stdin,
      stdout,
      stderr,
      source: await runs(),
      timeoutSeconds: flags.timeout,
      notifies: !flags['no-notify'],
      logJson: this.jsonEnabled() ? (object) => this.logJson(object) : undefined,
    })
  }

  /**
   * @throws {UsageError} exit 2, where there is no terminal to choose at, or no run to choose from
   */
  async #chosen(): Promise<string> {
    const {env, attachedRuns} = compose(this.config)
    const remedy = 'Run `mogplex attach RUN` with the id of a run.'
    if (!this.interactive) throw new UsageError('No run is named.', remedy)
    const choices = runChoices(attachedRuns(), new Date())
    if (choices.length === 0) throw noRunToChoose(remedy)
    const {choose} = await import('../terminal/choose.js')
    const {stdin, stderr} = process
    const screen = {stdin, stderr, env, argv: this.argv}
    return (await choose(screen, WHICH_RUN, choices, isRunMeant)).id
  }
}
