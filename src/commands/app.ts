import {ExitCode, MogplexCommand, MogplexError} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import type {answerOnce} from '../app/prompt/answer-once.js'
import {receiptText} from '../app/receipt-text.js'
import {attachRun, requireRunId} from '../app/run/attach.js'
import {NO_NOTIFY_FLAG} from '../app/run/notify-flag.js'
import {displayFor} from '../app/display.js'
import type {SignInContext} from '../app/sign-in/sign-in-context.js'
import {contributed} from '../app/slash/contributed.js'
import {TIMEOUT_FLAG} from '../app/time-limit.js'
import {fit} from '../terminal/wrap.js'
import {compose, useProfile} from '../compose.js'
import {contributions} from '../host/plugins/contributions.js'
import {pluginsToExamine} from '../host/plugins/plugins-to-examine.js'
import {notifyPlugins} from '../host/plugins/notify-plugins.js'
import {PROVIDERS} from '../domain/credential/provider-table.js'
import {valueOf} from '../domain/settings/environment.js'
import {exitCodeOf, whyStillStored} from '../domain/credential/receipt.js'
import {MalformedVariableError, NotLoggedInError} from '../domain/errors/authentication.js'
import {NotSignedOutError} from '../domain/errors/local-files.js'
import {UsageError} from '../domain/errors/usage.js'

/** The command of bare `mogplex`, and of `mogplex` with only flags (see host/argv.ts). */
export default class App extends MogplexCommand {
  static override hidden = true
  static override summary = 'Open the composer, after the login screen if you are not signed in.'
  static override description = `Without flags, opens the app, which needs a terminal.

With --prompt, answers once and exits. VERCEL_API_TOKEN, which many machines have for deployments, pays only after you have confirmed it once at a terminal; elsewhere that is exit code 64, and --model "vercel: MODEL" confirms it. Exit codes: 1 the answer is cut, or has no text; 64 nothing pays, or a key is rejected; 65 no model access; 69 unreachable, broken off, or --timeout has passed; 75 try later; 130 interrupted.

With --attach, shows a run as \`mogplex attach\` does; with --logout too, signs out first, in either order of the flags, then asks who signs in to see the run. MOGPLEX_ATTACH_RUN_ID means --attach.`
  static override enableJsonFlag = true
  static override flags = {
    attach: Flags.string({
      description: 'Show this run, and follow it until it ends.',
      helpValue: 'RUN',
    }),
    logout: Flags.boolean({description: 'Sign out first.'}),
    'no-notify': Flags.boolean(NO_NOTIFY_FLAG),
    timeout: Flags.integer({
      ...TIMEOUT_FLAG,
      description:
        'Give up after this many seconds: with --attach exit code 1, with --prompt exit code 69.',
    }),
    prompt: Flags.string({
      char: 'p',
      description: 'Answer this on standard output and exit; - reads it from standard input.',
      helpValue: 'TEXT',
      exclusive: ['attach'],
    }),
    payer: Flags.option({
      options: PROVIDERS.map(({id}) => id),
      description: 'Answer --prompt only if this provider pays; it does not choose one.',
      dependsOn: ['prompt'],
    })(),
    model: Flags.string({
      description: 'The model for --prompt, also as "payer: model"; this time only.',
      dependsOn: ['prompt'],
      helpValue: 'MODEL',
    }),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(App)
    const {env} = compose(this.config)
    if (flags.prompt !== undefined) {
      if (flags.logout) await this.#logOut()
      return this.#answer({...flags, prompt: flags.prompt, json: this.jsonEnabled()})
    }
    const wanted = flags.attach ?? valueOf(env, 'MOGPLEX_ATTACH_RUN_ID')
    const runId = wanted === undefined ? undefined : requireRunId(wanted)
    if (flags.timeout !== undefined && runId === undefined) {
      throw new UsageError('--timeout is for --attach and --prompt.', 'Name the run: --attach RUN.')
    }
    if (flags.logout) await this.#logOut()
    const notifies = !flags['no-notify']
    if (runId === undefined) await this.#openAll(flags.logout, notifies)
    else await this.#attach(runId, flags.timeout, flags.logout, notifies)
    return undefined
  }

  async #answer(question: Parameters<typeof answerOnce>[0]): Promise<unknown> {
    const {answerOnce} = await import('../app/prompt/answer-once.js')
    const {env, prompts} = compose(this.config)
    const {stdin, stdout, stderr} = process
    return answerOnce(question, {
      stdin,
      stdout,
      stderr,
      env,
      argv: this.argv,
      interactive: this.interactive,
      prompts: await prompts(),
      fail() {
        process.exitCode = ExitCode.Failed
      },
    })
  }

  /** @throws {NotSignedOutError} while the old login is stored, nothing may follow */
  async #logOut(): Promise<void> {
    const {env, logOut} = compose(this.config)
    const receipt = await logOut({providers: ['mogplex']})
    const failure = whyStillStored(receipt)
    if (this.jsonEnabled() && failure === undefined) this.logJson(receipt)
    this.log(
      `${fit(receiptText(receipt, displayFor(process.stdout, env, this.argv)), process.stdout)}\n`,
    )
    if (failure !== undefined) throw new NotSignedOutError(failure)
    process.exitCode = exitCodeOf(receipt)
  }

  async #attach(
    runId: string,
    timeoutSeconds: number | undefined,
    loggedOut: boolean,
    notifies: boolean,
  ): Promise<void> {
    const {env, session, runs} = compose(this.config)
    const {account} = session.resolution
    if (account.kind === 'none' && this.interactive) {
      const {showLoginScreen} = await import('../app/sign-in/login-screen.js')
      if (!(await showLoginScreen(this.#context()))) throw new NotLoggedInError()
    }
    session.require('account')
    if (loggedOut && account.kind === 'credential' && account.credential.source.type === 'env') {
      const {variable} = account.credential.source
      this.logToStderr(`${variable} is set and still signs you in: it is used for the run.\n`)
    }
    const {stdin, stdout, stderr} = process
    const exitCode = await attachRun({
      runId,
      env,
      argv: this.argv,
      interactive: this.interactive,
      stdin,
      stdout,
      stderr,
      source: await runs(),
      timeoutSeconds,
      notifies,
      logJson: this.#logJson,
    })
    if (exitCode !== 0) process.exitCode = exitCode // otherwise the code of an earlier logout stays
  }

  /** The app, one profile after the other. */
  async #openAll(loggedOut: boolean, notifies: boolean): Promise<void> {
    let next = await this.#open(loggedOut, notifies)
    while (next !== undefined) {
      useProfile(this.config, next)
      next = await this.#open(false, notifies)
    }
  }

  /** @returns the profile to continue with */
  async #open(loggedOut: boolean, notifies: boolean): Promise<string | undefined> {
    const {session} = compose(this.config)
    if (!this.interactive || !process.stdout.isTTY) {
      if (loggedOut) return undefined // the logout was all
      session.require('any')
      throw new UsageError(
        'This needs a terminal.',
        'Without one, use a command: `mogplex whoami`, `mogplex --help`.',
      )
    }
    const lack = this.#lack()
    if (lack !== undefined) {
      const {showLoginScreen, tellWelcome} = await import('../app/sign-in/login-screen.js')
      tellWelcome(this.#context(), lack)
      if (!(await showLoginScreen(this.#context()))) return undefined
    }
    const [{runApp}, {ownNames}] = await Promise.all([
      import('../app/app-session.js'),
      import('../app/slash/app-commands.js'),
    ])
    const {hosted, prompts, history, logOut, doctor, redaction, accountEvents, ...services} =
      compose(this.config)
    const {runs, attachedRuns} = services
    const {slashCommands, problems} = contributions(this.config, ownNames())
    for (const problem of problems) this.logToStderr(fit(problem, process.stderr))
    return runApp({
      session,
      hosted,
      runs,
      attachedRuns,
      history: await history(),
      signIn: this.#context(),
      logOut: async () => logOut({providers: ['mogplex']}),
      examine: async (request) =>
        doctor({...request, plugins: pluginsToExamine(this.config), version: this.config.version}),
      prompts: await prompts(),
      shownProfile: services.shownProfile,
      profiles: await services.profiles(),
      notifies,
      contributed: slashCommands.map(contributed),
      untold: () => (accountEvents.isEmpty ? undefined : async () => notifyPlugins(this.config)),
      knownModels: await this.#knownModels(),
      redact: await redaction(),
    })
  }

  /** From our copy of the catalog; a missing copy is reported when it is used. */
  async #knownModels(): Promise<string[]> {
    const {hosted} = compose(this.config)
    try {
      const {entries} = await hosted.models({refresh: false})
      return entries.map(({id}) => `mogplex:${id}`)
    } catch (error) {
      if (error instanceof MogplexError) return []
      throw error
    }
  }

  /** Why nobody is signed in, if so; a malformed variable is not a reason. */
  #lack(): MogplexError | undefined {
    try {
      compose(this.config).session.require('any')
      return undefined
    } catch (error) {
      if (!(error instanceof MogplexError) || error instanceof MalformedVariableError) throw error
      if (error.exitCode !== ExitCode.Authentication) throw error
      return error
    }
  }

  get #logJson(): ((object: unknown) => void) | undefined {
    return this.jsonEnabled() ? (object) => this.logJson(object) : undefined
  }

  #context(): SignInContext {
    const {stdin, stdout, stderr} = process
    const {env, ...services} = compose(this.config)
    const {issuer} = services.session.settings
    return {
      services,
      issuer,
      env,
      stdin,
      stdout,
      stderr,
      argv: this.argv,
      interactive: this.interactive,
      logJson: this.#logJson,
    }
  }
}
