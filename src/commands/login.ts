import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags, type Interfaces} from '@oclif/core'
import {type Interrupt, listenForInterrupt} from '../terminal/interrupt.js'
import {signInByBrowser} from '../app/sign-in/by-browser.js'
import {signInByDevice} from '../app/sign-in/by-device.js'
import {signInByKey} from '../app/sign-in/by-key.js'
import {outputOf} from '../app/sign-in/sign-in-context.js'
import {finishSignIn, startSignIn, type TwoStepContext} from '../app/sign-in/two-step-sign-in.js'
import {TIMEOUT_FLAG, type TimeLimit} from '../app/time-limit.js'
import {welcome} from '../app/sign-in/welcome.js'
import {compose} from '../compose.js'
import {LoginFailedError, NoLoginRouteError} from '../domain/errors/authentication.js'
import {CancelledError, SIGN_IN_INTERRUPTED} from '../domain/errors/cancelled.js'
import {TimedOutError} from '../domain/errors/remote.js'
import {UsageError} from '../domain/errors/usage.js'
import type {Credential} from '../domain/credential/credential.js'
import {isHandle} from '../domain/login/pending-login.js'
import {loginNotices} from '../domain/credential/login-notices.js'
import {type Provider, PROVIDERS, providerOf} from '../domain/credential/provider-table.js'

const USUAL_SECONDS = 300

export default class Login extends MogplexCommand {
  static override summary = 'Sign in to Mogplex in the browser, or store an API key.'
  static override description = `Opens the sign-in page and waits for the browser to come back. Where it cannot come back (over SSH, in a container), paste the address at which it ended; you can do so from the start.

With --with-api-key, the key is one line of standard input, or you are asked for it; it is never a flag. A Mogplex key is checked before it is stored.

A program that cannot wait signs in with two commands. --start prints the address and a handle, and exits; --finish HANDLE takes the address that the browser ended at, on standard input, within ten minutes.

With --json, one object a line: first {"type":"authorization","url"}, with --start {"type":"authorization","url","handle","expiresAt"} and nothing else, or with --device {"type":"device-authorization", "verificationUri", "verificationUriComplete", "userCode", "expiresIn"}; {"type":"paste-refused","why"} for each pasted address that is not accepted; {"type":"outranked","notice"} where something else outranks the new login; then {"type":"signed-in","account"}, or {"type":"key-stored","provider"} for the key of another provider.

EXIT CODES
  0    signed in
  1    auth.json cannot be written
  2    the command line or a setting is invalid
  64   refused, not finished in time, someone else signed in, the key is invalid, the handle has expired, or there is no terminal
  69   the server cannot be reached, or its answer is not understood
  75   too many requests, or nothing was pasted for --finish: try later
  130  interrupted; the old login is unchanged`
  static override aliases = ['auth:login']
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> login',
    '<%= config.bin %> login --no-browser',
    '<%= config.bin %> login --no-browser --json --timeout 120',
    '<%= config.bin %> login --expect-account ada@example.com --read-only',
    '<%= config.bin %> login --start --json',
    'printenv WORK_KEY | <%= config.bin %> login --with-api-key --provider openai',
  ]
  static override flags = {
    'no-browser': Flags.boolean({
      description: 'Only print the address, without opening it: for SSH, containers, scripts.',
    }),
    device: Flags.boolean({
      description: 'Show a code to enter in a browser on any device, where the server offers it.',
      exclusive: ['no-browser'],
    }),
    'with-api-key': Flags.boolean({
      description: 'Store an API key, from standard input or a prompt.',
      exclusive: ['device', 'no-browser', 'read-only'],
    }),
    provider: Flags.option({
      options: PROVIDERS.map(({id}) => id),
      description: 'The provider of the key; mogplex by default. Asks for the key at a terminal.',
      exclusive: ['device', 'no-browser', 'read-only'],
    })(),
    start: Flags.boolean({
      description: 'Print the address and a handle, without waiting: for agents.',
      exclusive: ['device', 'no-browser', 'provider', 'switch', 'with-api-key'],
    }),
    finish: Flags.string({
      description: 'Finish what --start began, with the address the browser ended at on stdin.',
      helpValue: 'HANDLE',
      exclusive: [
        'device',
        'expect-account',
        'no-browser',
        'provider',
        'read-only',
        'start',
        'with-api-key',
      ],
    }),
    'expect-account': Flags.string({
      description: 'Fail, and store nothing, unless this e-mail address signs in.',
      helpValue: 'EMAIL',
    }),
    'read-only': Flags.boolean({description: 'Do not ask for write access.'}),
    switch: Flags.boolean({
      description:
        'Give the profile to the account that signs in, even if it belongs to another one.',
    }),
    timeout: Flags.integer({
      ...TIMEOUT_FLAG,
      description: `Give up after this many seconds; ${USUAL_SECONDS} by default, with --device as long as the code lasts.`,
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Login)
    refuseUnusable(flags)
    const context = this.#context()
    const begun = performance.now()
    const limit = limitOf(flags)
    const interrupt = listenForInterrupt(
      new CancelledError(SIGN_IN_INTERRUPTED, 'Run `mogplex login` to start again.'),
      {limit},
    )
    try {
      if (flags.start) {
        tellBefore(context, providerOf('mogplex'), 'oauth')
        await startSignIn(context, optionsOf(flags), interrupt)
        return
      }
      const done = await this.#route(flags, context, interrupt)
      // The stored credential stays: only later steps are interrupted.
      const left = limit && {
        seconds: Math.max(0, limit.seconds - (performance.now() - begun) / 1000),
        reason: new TimedOutError('The sync', limit.seconds),
      }
      await welcome(context, done, {limit: left})
    } finally {
      interrupt.release()
    }
  }

  #context(): TwoStepContext {
    const {env, session, ...services} = compose(this.config)
    const {stdin, stdout, stderr} = process
    return {
      issuer: session.settings.issuer,
      env,
      stdin,
      stdout,
      stderr,
      argv: this.argv,
      logJson: this.jsonEnabled() ? (object) => this.logJson(object) : undefined,
      interactive: this.interactive,
      services: {...services, session},
    }
  }

  async #route(flags: LoginFlags, context: TwoStepContext, interrupt: Interrupt) {
    if (flags['with-api-key']) return this.#byKey(flags, context, interrupt)
    if (flags.provider !== undefined) {
      if (this.interactive) return this.#byKey(flags, context, interrupt)
      throw new UsageError(
        '--provider says whose key it is, and is used with --with-api-key.',
        `Pipe the key into \`mogplex login --with-api-key --provider ${flags.provider}\`.`,
      )
    }
    if (flags.finish !== undefined) {
      return finishSignIn(context, {...optionsOf(flags), handle: flags.finish}, interrupt)
    }
    const opensBrowser = !flags['no-browser'] && !flags.device
    if (opensBrowser && !this.interactive) throw this.#noRoute()
    tellBefore(context, providerOf('mogplex'), 'oauth')
    if (flags.device) return signInByDevice(context, optionsOf(flags), interrupt)
    return signInByBrowser(context, {...optionsOf(flags), opensBrowser}, interrupt)
  }

  #noRoute(): NoLoginRouteError {
    const {stdin, stderr} = process
    if (!stdin.isTTY || !stderr.isTTY) return new NoLoginRouteError('this is not a terminal')
    const isSilent = this.jsonEnabled() || this.argv.includes('--no-input')
    return new NoLoginRouteError(isSilent ? '--json and --no-input never ask' : 'CI is set')
  }

  async #byKey(flags: LoginFlags, context: TwoStepContext, interrupt: Interrupt) {
    const provider = providerOf(flags.provider ?? 'mogplex')
    if (flags['expect-account'] !== undefined && provider.id !== 'mogplex') {
      throw new UsageError(
        `A key of ${provider.name} does not tell whose it is, so no account can be expected.`,
        'Leave out --expect-account.',
      )
    }
    if (process.stdin.isTTY && !this.interactive) throw this.#noRoute()
    tellBefore(context, provider, 'api-key')
    return signInByKey(context, provider, optionsOf(flags), interrupt)
  }
}

function refuseUnusable({'expect-account': account, finish}: LoginFlags): void {
  if (account?.trim() === '') {
    throw new UsageError('--expect-account is empty.', 'Name the e-mail address that must sign in.')
  }
  if (finish !== undefined && !isHandle(finish)) {
    throw new UsageError(
      '--finish takes a handle: 32 digits and letters from a to f.',
      'Use the one that `mogplex login --start` printed.',
    )
  }
}

function tellBefore(context: TwoStepContext, provider: Provider, type: Credential['type']): void {
  outputOf(context).say(loginNotices(context.services.session.resolution, provider, type))
}

type LoginFlags = Interfaces.InferredFlags<typeof Login.flags>

function secondsOf({timeout, device}: LoginFlags): number {
  return timeout ?? (device ? Infinity : USUAL_SECONDS)
}

/** The limit for everything: requests, the wait for the user, the exchange, and the sync. */
function limitOf(flags: LoginFlags): TimeLimit | undefined {
  const seconds = secondsOf(flags)
  if (seconds === Infinity) return undefined
  const reason = new LoginFailedError(
    `The sign-in was not finished within ${seconds} s.`,
    'Run `mogplex login` again; `--timeout SECONDS` gives more time.',
    'LOGIN_TIMED_OUT',
  )
  return {seconds, reason}
}

function optionsOf(flags: LoginFlags) {
  return {
    timeoutSeconds: secondsOf(flags),
    expectAccount: flags['expect-account'],
    readOnly: flags['read-only'],
    maySwitch: flags.switch,
    escape: 'gives up' as const,
  }
}
