import {readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {twoFreePorts} from '../free-ports.js'
import {findLeaks, type Leak} from '../leaks.js'
import {type CliOptions, type CliResult, type RunningCli, runCli, startCli} from '../run-cli.js'
import {servicesOn, startLogin} from '../services.js'
import {whileHeld} from '../../../src/adapters/held-file.js'
import type {LoginMember} from '../stored-login.js'
import {startStrictServer, type StrictServer} from '../strict-server.js'
import {temporaryHome} from '../temporary-home.js'

/** Another program's member of `auth.json`: no JSON library would write it back like this. */
export const OTHERS = '"somebody-else": {"kept": 1.0, "big": 12345678901234567890123}'

type StoredLogin = LoginMember & {rejected?: {at: string; why: string}}

/** A home, and a server that revokes the whole grant when a refresh token is used twice. */
export interface Lab {
  readonly server: StrictServer
  readonly home: string
  /** The folder that contains `auth.json`. */
  readonly folder: string
  readonly env: Record<string, string>
  readonly run: (args: readonly string[], options?: Partial<CliOptions>) => Promise<CliResult>
  readonly start: (args: readonly string[], options?: Partial<CliOptions>) => RunningCli
  /** Signs in like a user, in this process, and adds another program's member. */
  readonly signIn: () => Promise<void>
  /** Replaces the access token with one that expired a second ago. */
  readonly expire: () => void
  /** Replaces the access token with one that expires within minutes. */
  readonly age: () => void
  readonly text: () => string
  /** The login on disk, which must exist. */
  readonly stored: () => StoredLogin
  readonly login: () => StoredLogin | undefined
  /** Names in the folder, except `auth.json` and the logs. */
  readonly beside: () => string[]
  /** The number of refreshes at the server since the last call. */
  readonly refreshes: () => number
  readonly leaks: () => Leak[]
  readonly close: () => Promise<void>
}

/** Opens one. Its home is removed after the test; the server ends with `close`. */
export async function openLab(changes: {home?: string; folder?: string} = {}): Promise<Lab> {
  const ports = await twoFreePorts()
  const server = await startStrictServer({callbackPorts: ports})
  const home = changes.home ?? (await temporaryHome())
  const folder = changes.folder ?? join(home, '.mogplex')
  const env: Record<string, string> = {...server.env, MOGPLEX_CALLBACK_PORTS: ports.join(',')}
  const path = join(folder, 'auth.json')
  const outputs: Record<string, string> = {}
  let refreshes = 0
  server.intercept(async (request) => {
    if (!(await isRefresh(request))) return undefined
    refreshes += 1
    return undefined
  })
  const here = <T extends Partial<CliOptions>>(options: T) => ({
    home,
    timeoutMs: 60_000,
    ...options,
    env: {...env, ...options.env},
  })
  const note = (args: readonly string[], {stdout, stderr}: CliResult): void => {
    outputs[`${Object.keys(outputs).length} ${args.join(' ')}`] = stdout + stderr
  }
  const text = (): string => readFileSync(path, 'utf8')
  const change = (changed: Partial<LoginMember>): void => {
    const login = lab.stored()
    const at = (member: object): string => `"mogplex": ${JSON.stringify(member)}`
    // As in the CLI, so that concurrent readers never find it empty.
    writeFileSync(`${path}.lab`, `{${OTHERS}, ${at({...login, ...changed})}}`, {mode: 0o600})
    whileHeld(() => renameSync(`${path}.lab`, path))
  }
  const lab: Lab = {
    server,
    home,
    folder,
    env,
    text,
    async run(args, options = {}) {
      const result = await runCli(args, here(options))
      note(args, result)
      return result
    },
    start(args, options = {}) {
      const cli = startCli(args, here(options))
      cli.exit.then(
        (result) => note(args, result),
        () => undefined,
      )
      return cli
    },
    async signIn() {
      const login = startLogin(servicesOn(lab))
      await server.browser().visit(await login.address)
      await login.result
      change({})
    },
    expire: () => change({expiresAt: new Date(Date.now() - 1000).toISOString()}),
    age() {
      const [obtainedAt, expiresAt] = [-3_480_000, 120_000].map((ms) => new Date(Date.now() + ms))
      change({
        obtainedAt: obtainedAt?.toISOString() ?? '',
        expiresAt: expiresAt?.toISOString() ?? '',
      })
    },
    login: () => (JSON.parse(text()) as {mogplex?: StoredLogin}).mogplex,
    stored() {
      const login = lab.login()
      if (login === undefined) throw new Error('Nobody is signed in.')
      return login
    },
    beside: () => readdirSync(folder).filter((name) => name !== 'auth.json' && name !== 'logs'),
    refreshes() {
      const count = refreshes
      refreshes = 0
      return count
    },
    leaks: () =>
      findLeaks({
        secrets: server.secrets(),
        texts: outputs,
        folder: home,
        except: [path.slice(home.length + 1)],
      }),
    close: async () => server.close(),
  }
  return lab
}

/** Whether a request to the server is a refresh. */
export async function isRefresh(request: Request): Promise<boolean> {
  if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith('/token')) return false
  return (await request.clone().text()).includes('grant_type=refresh_token')
}
