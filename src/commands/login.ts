import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {hiddenLines} from '../app/hidden-lines.js'
import {type Interrupt, listenForInterrupt} from '../app/interrupt.js'
import {readKeyText} from '../app/key-input.js'
import {syncTeller} from '../app/list-showing.js'
import {
  type Stored,
  type Talk,
  tellBrowserLogin,
  tellDeviceLogin,
  tellStored,
} from '../app/login-talk.js'
import {qrCodesOn} from '../app/qr-code.js'
import {showingOn} from '../app/showing.js'
import {keyPrompt} from '../app/stored-key-text.js'
import {fit} from '../app/wrap.js'
import {compose} from '../compose.js'
import {readApiKey} from '../domain/api-key-input.js'
import {NoLoginRouteError} from '../domain/errors/authentication.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import {UsageError} from '../domain/errors/usage.js'
import {type ProviderId, PROVIDERS, providerOf} from '../domain/provider-table.js'

type Done = Pick<Stored, 'credential' | 'keptAside'>

export default class Login extends MogplexCommand {
  static override summary = 'Sign in to Mogplex in the browser, or store an API key.'
  static override description = `Opens the sign-in page and waits for the browser to come back. Where it cannot come back (over SSH, in a container), paste the address at which it ended; that works from the first second.

With --with-api-key, one line of standard input is the key, or a person is asked for it; it is never a flag. A Mogplex key is tried before it is stored.

With --json, one object a line: first {"type":"authorization","url"}, or with --device {"type":"device-authorization","verificationUri","userCode","expiresIn"}; then {"type":"signed-in","account"}, or {"type":"key-stored","provider"} for the key of another provider.

EXIT CODES
  0    signed in
  1    auth.json cannot be written
  2    the command line or a setting makes no sense
  64   refused, not finished in time, someone else signed in, the key is none, or nobody is here
  69   the server cannot be reached or understood
  75   too many requests, try later
  130  interrupted; the old login is as it was`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> login',
    '<%= config.bin %> login --no-browser',
    '<%= config.bin %> login --no-browser --json --timeout 120',
    '<%= config.bin %> login --expect-account ada@example.com --read-only',
    'printenv WORK_KEY | <%= config.bin %> login --with-api-key --provider openai',
  ]
  static override flags = {
    'no-browser': Flags.boolean({
      description: 'Only print the address, open nothing: for SSH, containers, scripts.',
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
      description: 'Whose key it is; mogplex by default.',
      dependsOn: ['with-api-key'],
    })(),
    'expect-account': Flags.string({
      description: 'Fail, and store nothing, unless this e-mail address signs in.',
      helpValue: 'EMAIL',
    }),
    'read-only': Flags.boolean({description: 'Ask for no right to write.'}),
    timeout: Flags.integer({
      description: 'Seconds to wait.',
      default: 300,
      min: 1,
      max: 86_400,
      helpValue: 'SECONDS',
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Login)
    const {env, session} = compose(this.config)
    const {issuer} = session.settings
    const interrupt = listenForInterrupt(
      new CancelledError('The sign-in was interrupted.', 'Run `mogplex login` to start again.'),
    )
    try {
      const done = await this.#route(flags, interrupt)
      const showing = showingOn(process.stdout, env, this.argv)
      tellStored({...done, resolution: session.resolution, issuer}, this.#talk, showing)
      if (done.credential.provider === 'mogplex') await this.#sync()
    } finally {
      interrupt.release()
    }
  }

  async #route(flags: LoginFlags, interrupt: Interrupt): Promise<Done> {
    if (flags['with-api-key']) return this.#byKey(flags, interrupt)
    return flags.device ? this.#byDevice(flags, interrupt) : this.#byBrowser(flags, interrupt)
  }

  async #byBrowser(flags: LoginFlags, {signal, interrupt}: Interrupt): Promise<Done> {
    const opensBrowser = !flags['no-browser']
    if (opensBrowser && !this.interactive) throw new NoLoginRouteError()
    const {env, logIn, session, surroundings} = compose(this.config)
    const around = await surroundings()
    const progress = {
      surroundings: around,
      issuer: session.settings.issuer,
      palette: showingOn(process.stderr, env, this.argv).palette,
      canPaste: process.stdin.isTTY ? ('by hand' as const) : ('on stdin' as const),
      opensBrowser,
    }
    return logIn({
      ...wishOf(flags),
      openBrowser: opensBrowser && around.canShowBrowser,
      signal,
      paste: (over) => hiddenLines({stdin: process.stdin, onInterrupt: interrupt}, over),
      tell: (event) => {
        tellBrowserLogin(event, this.#talk, progress)
      },
    })
  }

  async #byDevice(flags: LoginFlags, {signal}: Interrupt): Promise<Done> {
    const {env, logInByDevice, session} = compose(this.config)
    const {palette} = showingOn(process.stderr, env, this.argv)
    const drawQrCode = await qrCodesOn(process.stderr, env, this.argv)
    return logInByDevice({
      ...wishOf(flags),
      signal,
      tell: (event) => {
        const progress = {palette, issuer: session.settings.issuer, drawQrCode}
        tellDeviceLogin(event, this.#talk, progress)
      },
    })
  }

  async #byKey(flags: LoginFlags, {signal, interrupt}: Interrupt): Promise<Done> {
    const provider = providerOf(flags.provider ?? 'mogplex')
    const expectAccount = flags['expect-account']
    if (expectAccount !== undefined && provider.id !== 'mogplex') {
      throw new UsageError(
        `A key of ${provider.name} does not tell whose it is, so no account can be expected.`,
        'Leave out --expect-account.',
      )
    }
    if (process.stdin.isTTY && !this.interactive) throw new NoLoginRouteError()
    const {env, storeKey} = compose(this.config)
    const text = await readKeyText({
      ...{stdin: process.stdin, onInterrupt: interrupt, signal, timeoutSeconds: flags.timeout},
      ask: () => {
        this.#talk.say(keyPrompt(provider, showingOn(process.stderr, env, this.argv)))
      },
    })
    return storeKey({provider, key: readApiKey(text, provider), expectAccount})
  }

  /** The lists of the account. That they cannot be had is no failure of the login. */
  async #sync(): Promise<void> {
    const {env, hosted} = compose(this.config)
    const tell = syncTeller(process.stderr, env, this.argv, this.jsonEnabled())
    const interrupt = listenForInterrupt(
      new CancelledError('The sync was interrupted.', 'Run `mogplex models --refresh` later.'),
    )
    try {
      await hosted.sync({tell, signal: interrupt.signal})
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.#talk.say([`You are signed in. ${error.message}`])
    } finally {
      interrupt.release()
    }
  }

  get #talk(): Talk {
    return {
      say: (lines) => {
        for (const line of lines) this.logToStderr(fit(line, process.stderr))
      },
      report: (object) => {
        if (this.jsonEnabled()) this.logJson(object)
      },
      result: (text) => {
        this.log(fit(text, process.stdout))
      },
    }
  }
}

interface LoginFlags {
  readonly 'expect-account': string | undefined
  readonly 'no-browser': boolean
  readonly 'read-only': boolean
  readonly 'with-api-key': boolean
  readonly device: boolean
  readonly provider: ProviderId | undefined
  readonly timeout: number
}

function wishOf(flags: LoginFlags) {
  return {
    timeoutSeconds: flags.timeout,
    expectAccount: flags['expect-account'],
    readOnly: flags['read-only'],
  }
}
