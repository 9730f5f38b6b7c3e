import {homedir} from 'node:os'
import {join} from 'node:path'
import type {Session} from '@mogplex/plugin-kit/session'
import type {Interfaces} from '@oclif/core'
import {AuthFile} from './adapters/auth-file.js'
import {systemClock} from './adapters/clock.js'
import {findHome} from './adapters/home.js'
import type {HistoryFile} from './adapters/history-file.js'
import {HostedFiles} from './adapters/hosted-files.js'
import {createHttp} from './adapters/http.js'
import {createMogplexApi} from './adapters/mogplex-api.js'
import {RefreshJournal} from './adapters/refresh-journal.js'
import {composeAccess} from './compose/access.js'
import {AccountEventQueue, storedAccount} from './compose/account-events.js'
import {loadWriter} from './compose/file-writer.js'
import {composeHosted, type Hosted} from './compose/hosted.js'
import {composePluginSession} from './compose/plugin-session.js'
import {composeRuns} from './compose/runs.js'
import type {Prompts} from './compose/prompts.js'
import {composeSignIn, revokeAtServer, type SignIn} from './compose/sign-in.js'
import type {Skills} from './compose/skills.js'
import type {World} from './compose/world.js'
import {apiBaseUrl} from './domain/api-address.js'
import type {Environment} from './domain/environment.js'
import type {ProviderId} from './domain/provider-table.js'
import type {Receipt} from './domain/receipt.js'
import type {RunSource} from './domain/run/run-source.js'
import type {AccountAccess} from './services/account-access.js'
import {CredentialSession} from './services/credential-session.js'
import type {Questions, WhoAmI} from './services/who-am-i.js'

/** What commands and hooks work with. */
export interface Services extends SignIn {
  readonly env: Environment
  readonly session: CredentialSession
  readonly access: AccountAccess
  readonly hosted: Hosted
  readonly runs: () => Promise<RunSource>
  /** What was entered in the composer. */
  readonly history: () => Promise<HistoryFile>
  readonly prompts: () => Promise<Prompts>
  readonly pluginSession: () => Session
  readonly skills: () => Promise<Skills>
  /** What plugins have not been told yet; see compose/tell-plugins. */
  readonly accountEvents: AccountEventQueue
  /** Removes what killed processes left. Never throws. */
  readonly tidy: () => Promise<void>
  readonly logOut: (which: readonly ProviderId[]) => Promise<Receipt>
  readonly whoAmI: (questions: Questions) => Promise<WhoAmI>
}

type Config = Pick<Interfaces.Config, 'pjson' | 'plugins' | 'version'>

// Hooks and commands get different Config objects; the root plugin's object they share.
const composed = new WeakMap<object, Services>()

/** The one set of services of this process. What is heavy is loaded when it is asked for. */
export function compose(config: Config): Services {
  const root = config.plugins.get(config.pjson.name) ?? config.pjson
  const known = composed.get(root)
  if (known !== undefined) return known
  const services = construct(makeWorld({...process.env}, config.version), config.plugins)
  composed.set(root, services)
  return services
}

function makeWorld(env: Environment, version: string): World {
  const home = findHome(env, homeFolder(), process.cwd())
  const authFile = new AuthFile({
    path: join(home.path, 'auth.json'),
    codexHome: home.from === 'CODEX_HOME',
    loadWriter,
  })
  const clock = systemClock
  return {
    env,
    authFile,
    clock,
    home: home.path,
    journal: new RefreshJournal({path: authFile.path, loadWriter}),
    hostedFiles: new HostedFiles({home: home.path, loadWriter}),
    http: createHttp(`mogplex/${version} (${process.platform}; node ${process.version})`, env),
    session: new CredentialSession({env, authFile, clock, notices: home.notices}),
    accountEvents: new AccountEventQueue(),
  }
}

function construct(world: World, plugins: Config['plugins']): Services {
  const {env, session, authFile, hostedFiles, http, clock, journal} = world
  const access = composeAccess(world)
  const hosted = composeHosted(world, access)
  let prompts: Prompts | undefined
  return {
    env,
    session,
    access,
    runs: async () => composeRuns(world, access),
    async history() {
      const {composeHistory} = await import('./compose/history.js')
      return composeHistory(world)
    },
    hosted,
    async prompts() {
      const {composePrompts} = await import('./compose/prompts.js')
      return (prompts ??= composePrompts(world, access, hosted))
    },
    pluginSession: () => composePluginSession(world, access),
    async skills() {
      const {composeSkills} = await import('./compose/skills.js')
      return composeSkills(plugins, env)
    },
    accountEvents: world.accountEvents,
    async tidy() {
      if (!authFile.mayHaveLeftovers()) return
      await Promise.all([authFile.sweep(), journal.sweep()])
    },
    ...composeSignIn(world),
    async logOut(which) {
      const {logOut} = await import('./services/log-out.js')
      const resolveAgain = () => {
        session.refresh()
        return session.tryResolution()
      }
      const revoke = revokeAtServer(world)
      const before = storedAccount(session)
      const receipt = await logOut({authFile, hostedFiles, revoke, resolveAgain}, which)
      if (which.includes('mogplex')) await journal.clear()
      if (receipt.removed.some(({provider}) => provider === 'mogplex')) {
        world.accountEvents.loggedOut(before)
      }
      return receipt
    },
    async whoAmI(questions) {
      const {whoAmI} = await import('./services/who-am-i.js')
      const {account} = session.resolution
      const {settings} = session
      const baseUrl =
        account.kind === 'credential' ? apiBaseUrl(account.credential, settings) : settings.baseUrl
      const api = createMogplexApi(http, baseUrl)
      return whoAmI({session, access, authFile, clock, api}, questions)
    },
  }
}

/** Empty for a user whom the system does not know and who has no HOME. */
function homeFolder(): string {
  try {
    return homedir()
  } catch {
    return ''
  }
}
