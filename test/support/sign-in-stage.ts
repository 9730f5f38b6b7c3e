import {type LocalCloud, type LocalCloudOptions, startLocalCloud} from '@mogplex/local-cloud'
import {expect} from 'chai'
import {mkdir, readFile, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {twoFreePorts} from './free-ports.js'
import {findLeaks, type Leak} from './leaks.js'
import {type CliOptions, type CliResult, type RunningCli, runCli, startCli} from './run-cli.js'
import {type LoginMember, memberOf} from './stored-login.js'
import {listFiles, temporaryHome} from './temporary-home.js'
import {openTerminal, type OpenTerminal, type TerminalOptions} from './terminal.js'

type Here<Options> = Partial<Options>
type Interceptor = Parameters<LocalCloud['intercept']>[0]

/** `auth.json`, and its saved copies: credentials are allowed there. */
const AUTH_FILES = /(^|\/)(auth\.json(\.(broken|foreign)-[^/]*)?|pending-logins\/[^/]+)$/
/** What a login prints below its address, where it redraws the screen and where it does not. */
export const WAITS = /Ctrl\+C gives up\.|Ctrl\+Y copies the/
const ADDRESS = /^https?:\/\/\S+\?response_type=\S+(?=\r?\n)/m

/**
 * A local cloud for a suite, and for each test a home and an environment that select it. After each
 * test everything it left is searched for every secret that was used.
 */
export class SignInStage {
  /** Additional variables for the CLI's environment. */
  env: Record<string, string> = {}
  readonly #options: LocalCloudOptions
  #cloud: LocalCloud | undefined
  #home = ''
  #ports: readonly [number, number] = [0, 0]
  #secrets: string[] = []
  #shown: (() => Record<string, string>)[] = []
  #interceptors: (() => void)[] = []

  constructor(options: LocalCloudOptions) {
    this.#options = options
  }

  get cloud(): LocalCloud {
    if (this.#cloud === undefined) throw new Error('The stage is not set outside of its suite.')
    return this.#cloud
  }

  /** The HOME of this test. */
  get home(): string {
    return this.#home
  }

  /** The redirect URIs, first choice first. */
  get ports(): readonly [number, number] {
    return this.#ports
  }

  get authPath(): string {
    return join(this.#home, '.mogplex', 'auth.json')
  }

  /** The host as the CLI displays it. */
  get host(): string {
    return new URL(this.cloud.url).host
  }

  async open(): Promise<void> {
    this.#ports = await twoFreePorts()
    this.#cloud = await startLocalCloud({callbackPorts: this.#ports, ...this.#options})
  }

  async close(): Promise<void> {
    await this.#cloud?.close()
    this.#cloud = undefined
  }

  async beginTest(): Promise<void> {
    this.#home = await temporaryHome()
    this.#secrets = []
    this.#shown = []
    this.env = {
      MOGPLEX_URL: this.cloud.url,
      MOGPLEX_DEV: '1',
      MOGPLEX_CALLBACK_PORTS: this.#ports.join(','),
    }
  }

  /** Removes the interceptors. */
  endTest(): void {
    for (const remove of this.#interceptors.splice(0)) remove()
  }

  /** Where secrets were found that are not allowed there. */
  async leaks(): Promise<Leak[]> {
    const files = await listFiles(this.#home)
    return findLeaks({
      secrets: [...new Set([...this.cloud.secrets(), ...this.#secrets])],
      texts: Object.assign({}, ...this.#shown.map((shown) => shown())) as Record<string, string>,
      folder: this.#home,
      except: files.filter((path) => AUTH_FILES.test(path)),
    })
  }

  /** Registers a text as a secret, so that it is searched for too. */
  secret(text: string): string {
    this.#secrets.push(text)
    return text
  }

  intercept(interceptor: Interceptor): void {
    this.#interceptors.push(this.cloud.intercept(interceptor))
  }

  /** Runs the CLI to its end. */
  async run(args: readonly string[], options: Here<CliOptions> = {}): Promise<CliResult> {
    const result = await runCli(args, this.#here(options))
    this.#watch(args, () => ({stdout: result.stdout, stderr: result.stderr}))
    return result
  }

  /** Starts the CLI without a terminal. */
  start(args: readonly string[], options: Here<CliOptions> = {}): RunningCli {
    const cli = startCli(args, this.#here(options))
    this.#watch(args, () => ({stdout: cli.stdout, stderr: cli.stderr}))
    return cli
  }

  /** Starts the CLI at a terminal. */
  terminal(args: readonly string[], options: Here<TerminalOptions> = {}): OpenTerminal {
    const terminal = openTerminal(args, this.#here(options))
    const {raw, screen, scrollback} = terminal
    this.#watch(args, () => ({raw: raw(), screen: screen(), scrollback: scrollback()}))
    return terminal
  }

  /** A whole `mogplex login --no-browser`, with the cloud's headless browser. */
  async signIn(
    email = 'ada@example.test',
    {args = [], ...options}: Here<CliOptions> & {args?: readonly string[]} = {},
  ): Promise<CliResult> {
    const cli = this.start(['login', '--no-browser', ...args], options)
    const address = args.includes('--json') ? await addressIn(cli) : await addressOn(cli)
    const page = await this.cloud.browser(email).visit(address)
    const result = await cli.exit
    expect(result.code, result.stderr).to.equal(0)
    expect(page.status).to.equal(200)
    return result
  }

  /** Stores a login in the CLI's format, without running the CLI. */
  async putLogin(email = 'ada@example.test', scope?: string): Promise<LoginMember> {
    const login = memberOf(await this.cloud.signIn(email, scope), this.cloud.url)
    await this.putAuthFile(`${JSON.stringify({mogplex: login}, null, 2)}\n`)
    return login
  }

  /** The folder of a named profile. */
  profile(name: string): string {
    return join(this.#home, '.mogplex', 'profiles', name)
  }

  /** Stores a profile with a login, as after `mogplex login --profile`. */
  async putProfile(name: string, email = 'ada@example.test'): Promise<LoginMember> {
    const {url: issuer} = this.cloud
    const login = memberOf(await this.cloud.signIn(email), issuer)
    const folder = this.profile(name)
    await mkdir(folder, {recursive: true, mode: 0o700})
    const owner = {issuer, baseUrl: issuer, account: login.account}
    for (const [file, value] of Object.entries({
      'auth.json': {mogplex: login},
      'account.json': owner,
    })) {
      await writeFile(join(folder, file), `${JSON.stringify(value, null, 2)}\n`, {mode: 0o600})
    }
    return login
  }

  async putAuthFile(text: string): Promise<void> {
    await mkdir(join(this.#home, '.mogplex'), {recursive: true, mode: 0o700})
    await writeFile(this.authPath, text, {mode: 0o600})
  }

  /** The text of `auth.json`, or `undefined` where there is none. */
  async authText(): Promise<string | undefined> {
    const found = await stat(this.authPath).catch(() => undefined)
    return found?.isFile() === true ? readFile(this.authPath, 'utf8') : undefined
  }

  /** The login in `auth.json`. */
  async storedLogin(): Promise<LoginMember> {
    const members = JSON.parse((await this.authText()) ?? '{}') as {mogplex?: LoginMember}
    if (members.mogplex === undefined) throw new Error('No login is stored.')
    return members.mogplex
  }

  #here<Options extends {env?: Readonly<Record<string, string>>}>({env, ...rest}: Options) {
    return {home: this.#home, ...rest, env: {...this.env, ...env}}
  }

  #watch(args: readonly string[], shown: () => Record<string, string>): void {
    const name = `${this.#shown.length + 1}: mogplex ${args.join(' ')}`
    this.#shown.push(() =>
      Object.fromEntries(Object.entries(shown()).map(([part, text]) => [`${name}, ${part}`, text])),
    )
  }
}

/** The address that a running login printed. */
export async function addressOn(cli: RunningCli): Promise<string> {
  const [address] = await cli.waitFor(ADDRESS, 'stderr')
  return address
}

/** The address that a login with --json printed for a program. */
async function addressIn(cli: RunningCli): Promise<string> {
  const [, address = ''] = await cli.waitFor(/"url":"([^"]+)"/)
  return address
}

/** The address that a login shows at a terminal, across any number of rows. */
export async function addressAt(terminal: OpenTerminal): Promise<string> {
  await terminal.see(WAITS) // the last line: by then the whole address is shown
  const [address] = ADDRESS.exec(terminal.scrollback()) ?? []
  if (address === undefined) throw new Error(`No address is shown:\n${terminal.scrollback()}`)
  return address
}

/** Creates the stage for the suite whose `describe` calls it. */
export function setStage(options: LocalCloudOptions = {}): SignInStage {
  const stage = new SignInStage(options)
  before(() => stage.open())
  beforeEach(() => stage.beginTest())
  afterEach('finds no secret where none belongs', async () => {
    stage.endTest()
    expect(await stage.leaks()).to.deep.equal([])
  })
  after(() => stage.close())
  return stage
}
