import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {type Interrupt, listenForInterrupt} from '../app/interrupt.js'
import {type Desk, signInByBrowser, signInByDevice, signInByKey, welcome} from '../app/sign-in.js'
import {compose} from '../compose.js'
import {NoLoginRouteError} from '../domain/errors/authentication.js'
import {CancelledError, SIGN_IN_INTERRUPTED} from '../domain/errors/cancelled.js'
import {UsageError} from '../domain/errors/usage.js'
import {type ProviderId, PROVIDERS, providerOf} from '../domain/credential/provider-table.js'

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
    const {env, session, ...services} = compose(this.config)
    const {issuer} = session.settings
    const {stdin, stdout, stderr} = process
    const logJson = this.jsonEnabled() ? (object: unknown) => this.logJson(object) : undefined
    const desk: Desk = {
      ...{issuer, env, stdin, stdout, stderr, argv: this.argv, logJson},
      services: {...services, session},
    }
    const interrupt = listenForInterrupt(
      new CancelledError(SIGN_IN_INTERRUPTED, 'Run `mogplex login` to start again.'),
    )
    try {
      await welcome(desk, await this.#route(flags, desk, interrupt))
    } finally {
      interrupt.release()
    }
  }

  async #route(flags: LoginFlags, desk: Desk, interrupt: Interrupt) {
    if (flags['with-api-key']) return this.#byKey(flags, desk, interrupt)
    if (flags.device) return signInByDevice(desk, wishOf(flags), interrupt)
    const opensBrowser = !flags['no-browser']
    if (opensBrowser && !this.interactive) throw new NoLoginRouteError()
    return signInByBrowser(desk, {...wishOf(flags), opensBrowser}, interrupt)
  }

  async #byKey(flags: LoginFlags, desk: Desk, interrupt: Interrupt) {
    const provider = providerOf(flags.provider ?? 'mogplex')
    if (flags['expect-account'] !== undefined && provider.id !== 'mogplex') {
      throw new UsageError(
        `A key of ${provider.name} does not tell whose it is, so no account can be expected.`,
        'Leave out --expect-account.',
      )
    }
    if (process.stdin.isTTY && !this.interactive) throw new NoLoginRouteError()
    return signInByKey(desk, provider, wishOf(flags), interrupt)
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
