import {MogplexCommand, MogplexError} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {identityText, shortIdentity, shortProblem} from '../app/identity-text.js'
import {type Interrupt, listenForInterrupt} from '../terminal/interrupt.js'
import {profileTraceText} from '../app/profile-text.js'
import {displayFor} from '../app/display.js'
import {TIMEOUT_FLAG, timeLimit} from '../app/time-limit.js'
import {traceText} from '../app/trace-text.js'
import {fit} from '../terminal/wrap.js'
import {compose} from '../compose.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import type {ErrorReport} from '../domain/errors/error-report.js'
import {unusedLogin} from '../domain/credential/gate.js'
import {PROVIDERS} from '../domain/credential/provider-table.js'
import {traceReport} from '../domain/credential/trace-report.js'
import type {ProfileChoice} from '../domain/profile/choose-profile.js'
import type {WhoAmI} from '../services/who-am-i.js'

const REQUIREMENTS = [
  ...(['account', 'model', 'write'] as const),
  ...PROVIDERS.map(({id}) => `payer=${id}` as const),
]

export default class Whoami extends MogplexCommand {
  static override summary = 'Show which credential is in use, and where it came from.'
  static override description = `Answers from what is stored, without network; --verify asks the server. A token is never shown.

EXIT CODES
  0    there is an account or a model credential, and what --require asks for
  1    auth.json cannot be read
  2    the command line or a setting is invalid, or, with --require model, there is no address for prompts
  64   not signed in, or the server rejects the credential
  65   the scope that --require asks for is missing or unknown, or the account has access to no model
  69   --verify: the server cannot be reached, or --timeout has passed; the stored answer is shown, unverified
  75   --verify: too many requests; try later
  130  interrupted`
  static override aliases = ['login:status', 'auth:status']
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> whoami',
    '<%= config.bin %> whoami --explain',
    '<%= config.bin %> whoami --verify',
    '<%= config.bin %> whoami --require write --json',
  ]
  static override flags = {
    verify: Flags.boolean({description: 'Ask the server whether it accepts the credential.'}),
    explain: Flags.boolean({
      description: 'Show every source that was considered, and its state.',
    }),
    require: Flags.option({
      options: REQUIREMENTS,
      description: 'Fail unless this is there, or unless exactly this provider pays: for scripts.',
      helpValue: 'account|model|write|payer=ID',
    })(),
    short: Flags.boolean({
      description: 'One line for a shell prompt: the profile, the account, and who else pays.',
      exclusive: ['explain', 'require', 'verify'],
    }),
    timeout: Flags.integer({
      ...TIMEOUT_FLAG,
      description: 'Give up --verify after this many seconds, with exit code 69.',
    }),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(Whoami)
    if (flags.short && !this.jsonEnabled()) return this.#short()
    const {env, session, trouble: describe, whoAmI, profile} = compose(this.config)
    const display = displayFor(process.stdout, env, this.argv)
    const {verify} = flags
    const interrupt = verify ? listen(flags.timeout) : undefined // else nobody waits for anything
    try {
      const answer = await whoAmI({verify, require: flags.require, signal: interrupt?.signal})
      const failure = answer.verification?.trouble
      const trouble = failure && (await describe(failure, 'mogplex whoami')).report
      const beside = {unverified: trouble !== undefined, unused: unusedLogin(session.resolution)}
      this.log(fit(identityText(answer.identity, display, beside), process.stdout))
      if (trouble !== undefined) {
        this.logToStderr(fit(`${trouble.message} ${trouble.remedy}`, process.stderr))
        process.exitCode = trouble.exitCode
      }
      return json(answer, trouble, flags.explain ? profile.choice : undefined)
    } catch (error) {
      const trace = flags.explain && this.jsonEnabled() ? session.tryResolution()?.trace : undefined
      if (trace === undefined) throw error
      const {report} = await describe(error, 'mogplex whoami')
      this.logJson({error: report, trace: traceReport(trace), profileTrace: profile.choice.trace})
      return this.exit(report.exitCode)
    } finally {
      interrupt?.release()
      // Also when nobody is signed in: that is when a person wants to know why.
      const trace = flags.explain ? session.tryResolution()?.trace : undefined
      if (trace !== undefined) {
        const texts = [profileTraceText(profile.choice, display), traceText(trace, display)]
        this.log(`\n${fit(texts.join('\n\n'), process.stdout)}\n`)
      }
    }
  }

  /** Prints only the line: a shell shows it with each prompt. */
  async #short(): Promise<void> {
    const {whoAmI, shownProfile} = compose(this.config)
    try {
      const {identity} = await whoAmI({verify: false, require: undefined})
      this.log(shortIdentity(identity))
    } catch (error) {
      if (!(error instanceof MogplexError)) throw error
      this.log(shortProblem(error.code, shownProfile()))
      process.exitCode = error.exitCode
    }
  }
}

function listen(timeout: number | undefined): Interrupt {
  const cancelled = new CancelledError('The check was interrupted.', 'Run `mogplex whoami` again.')
  return listenForInterrupt(cancelled, {limit: timeLimit('The check', timeout)})
}

function json(
  {identity, verification, trace}: WhoAmI,
  trouble: ErrorReport | undefined,
  choice: ProfileChoice | undefined,
): unknown {
  return {
    ...identity,
    ...(verification !== undefined && {
      verification:
        trouble === undefined ? {state: 'verified'} : {state: 'unverified', error: trouble},
    }),
    ...(choice && {trace: traceReport(trace), profileTrace: choice.trace}),
  }
}
