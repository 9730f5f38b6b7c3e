import {randomUUID} from 'node:crypto'
import {homedir} from 'node:os'
import {join} from 'node:path'
import type {Interfaces} from '@oclif/core'
import {AuthFile, type FileWriter} from './adapters/auth-file.js'
import {type Clock, systemClock} from './adapters/clock.js'
import {findHome} from './adapters/home.js'
import {createHttp} from './adapters/http.js'
import {createMogplexApi} from './adapters/mogplex-api.js'
import {allowsLoopbackHttp} from './domain/addresses.js'
import type {OAuthCredential} from './domain/credential.js'
import type {Environment} from './domain/environment.js'
import type {Http} from './domain/http.js'
import type {ProviderId} from './domain/provider-table.js'
import type {Receipt} from './domain/receipt.js'
import type {Settings} from './domain/settings.js'
import {CredentialSession} from './services/credential-session.js'
import type {LoginPorts, LoginRequest} from './services/log-in.js'
import type {LoggedIn} from './services/store-login.js'
import type {Questions, WhoAmI} from './services/who-am-i.js'

/** What commands and hooks work with. */
export interface Services {
  readonly env: Environment
  readonly session: CredentialSession
  readonly logIn: (login: LoginRequest) => Promise<LoggedIn>
  readonly logOut: (which: readonly ProviderId[]) => Promise<Receipt>
  readonly whoAmI: (questions: Questions) => Promise<WhoAmI>
}

type Config = Pick<Interfaces.Config, 'pjson' | 'plugins' | 'version'>

interface LoginTools {
  readonly env: Environment
  readonly http: Http
  readonly settings: Settings
  readonly clock: Clock
}

type LoginAdapters = Omit<LoginPorts, 'authFile' | 'clock' | 'settings'>

// Hooks and commands get different Config objects; the root plugin's object they share.
const composed = new WeakMap<object, Services>()

/** The one set of services of this process. What is heavy is loaded when it is asked for. */
export function compose(config: Config): Services {
  const root = config.plugins.get(config.pjson.name) ?? config.pjson
  const known = composed.get(root)
  if (known !== undefined) return known
  const services = construct({...process.env}, config.version)
  composed.set(root, services)
  return services
}

function construct(env: Environment, version: string): Services {
  const home = findHome(env, homedir(), process.cwd())
  const authFile = new AuthFile({
    path: join(home.path, 'auth.json'),
    codexHome: home.from === 'CODEX_HOME',
    loadWriter,
  })
  const clock = systemClock
  const session = new CredentialSession({env, authFile, clock, notices: home.notices})
  const http = createHttp(`mogplex/${version} (${process.platform}; node ${process.version})`)
  const loopbackHttp = allowsLoopbackHttp(env)

  return {
    env,
    session,
    async logIn(login) {
      const {settings} = session
      const {logIn} = await import('./services/log-in.js')
      const adapters = await loginAdapters({env, http, settings, clock})
      const loggedIn = await logIn({settings, authFile, clock, ...adapters}, login)
      if (loggedIn.replaced !== undefined) {
        const {revocationOf} = await import('./services/log-out.js')
        await revocationOf(loggedIn.replaced, revokeAtServer(http, loopbackHttp))
      }
      session.refresh()
      return loggedIn
    },
    async logOut(which) {
      const {logOut} = await import('./services/log-out.js')
      return logOut(
        {
          authFile,
          revoke: revokeAtServer(http, loopbackHttp),
          resolveAgain() {
            session.refresh()
            return session.tryResolution()
          },
        },
        which,
      )
    },
    async whoAmI(questions) {
      const {whoAmI} = await import('./services/who-am-i.js')
      const api = createMogplexApi(http, session.settings.baseUrl)
      return whoAmI({session, api, authFile, clock}, questions)
    },
  }
}

async function loginAdapters({env, http, settings, clock}: LoginTools): Promise<LoginAdapters> {
  const [discovery, authorization, exchange, callback, browser] = await Promise.all([
    import('./adapters/authorization-server/discovery.js'),
    import('./adapters/authorization-server/authorization-request.js'),
    import('./adapters/authorization-server/code-exchange.js'),
    import('./adapters/callback-server.js'),
    import('./adapters/browser.js'),
  ])
  const {issuer, clientId, scopes, loopbackHttp} = settings
  return {
    newGrantId: randomUUID,
    discover: async (signal) => discovery.discover(issuer, {http, loopbackHttp, signal}),
    makeRequest: async (metadata, redirectUri) =>
      authorization.makeAuthorizationRequest(metadata, {clientId, scopes, redirectUri}),
    exchange: async (metadata, request, {query}, signal) =>
      exchange.exchangeCode({
        ...{http, metadata, clientId, request, scopes, loopbackHttp, signal},
        callback: query,
        now: clock.now(),
      }),
    openCallbackServer: callback.openCallbackServer,
    openBrowser: async (url) => browser.openInBrowser(url, env),
  }
}

async function loadWriter(): Promise<FileWriter> {
  const [{ensureFolder}, {replaceFile, keepAside}] = await Promise.all([
    import('./adapters/home.js'),
    import('./adapters/atomic-write.js'),
  ])
  return {ensureFolder, replaceFile, keepAside}
}

/** Revokes a login at the issuer that gave it, whatever issuer is in question now. */
function revokeAtServer(http: Http, loopbackHttp: boolean) {
  return async (credential: OAuthCredential, signal: AbortSignal): Promise<boolean> => {
    const [{discover}, {revoke}] = await Promise.all([
      import('./adapters/authorization-server/discovery.js'),
      import('./adapters/authorization-server/revocation.js'),
    ])
    const metadata = await discover(credential.issuer, {http, loopbackHttp, signal})
    return revoke(credential, {http, metadata, loopbackHttp, signal})
  }
}
