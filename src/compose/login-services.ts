import {createMogplexApi} from '../adapters/mogplex-api.js'
import type {Receipt} from '../domain/credential/receipt.js'
import {valueOf} from '../domain/settings/environment.js'
import type {Provider} from '../domain/credential/provider-table.js'
import type {Secret} from '../domain/credential/secret.js'
import type {Settings} from '../domain/settings/settings.js'
import type {Surroundings} from '../domain/login/surroundings.js'
import type {Switching} from '../services/claim-profile.js'
import type {DeviceLoginPorts, DeviceLoginRequest} from '../services/log-in-by-device.js'
import type {LoginPorts, LoginRequest} from '../services/log-in.js'
import type {StoredKey} from '../services/store-api-key.js'
import type {LogOutRequest} from '../services/log-out.js'
import type {LoggedIn, StoreLoginPorts} from '../services/store-login.js'
import {observedLogin, observedLogout, observedStore} from '../recording/observed-sign-in.js'
import {loadDiscover, type Rights, storePorts, withRights} from './login-ports.js'
import type {SharedServices} from './shared-services.js'

/** A key to store. */
interface KeyRequest {
  readonly provider: Provider
  readonly key: Secret
  readonly expectAccount: string | undefined
  readonly switching?: Switching | undefined
  readonly signal: AbortSignal
}

/** Signing in, by each method, and signing out. */
export interface LoginServices {
  /** Whether this is an SSH session or a container, and whether it has a display. */
  readonly surroundings: () => Promise<Surroundings>
  /** Loads the check whether this process may use its terminal. */
  readonly isInForeground: () => Promise<() => boolean>
  readonly logIn: (login: LoginRequest & Rights) => Promise<LoggedIn>
  readonly logInByDevice: (login: DeviceLoginRequest & Rights) => Promise<LoggedIn>
  /** Checks that a credential can be stored. */
  readonly rehearse: () => Promise<void>
  readonly storeKey: (request: KeyRequest) => Promise<StoredKey>
  readonly logOut: (request: LogOutRequest) => Promise<Receipt>
  /** The files beside `auth.json` that may contain credentials. */
  readonly authCopies: () => Promise<readonly string[]>
}

export function composeLoginServices(shared: SharedServices): LoginServices {
  const {authFile, http, session, recorder} = shared
  const ports = storePorts(shared)
  return {
    async surroundings() {
      const {readSurroundings} = await import('../adapters/read-surroundings.js')
      return readSurroundings(shared.env)
    },
    async isInForeground() {
      return (await import('../adapters/foreground.js')).isInForeground
    },
    logIn: observedLogin(async (login: LoginRequest & Rights) => {
      const settings = withRights(session.settings, login)
      const {logIn} = await import('../services/log-in.js')
      return logIn({...ports, settings, ...(await loginAdapters(shared, settings))}, login)
    }, recorder),
    logInByDevice: observedStore(
      'device',
      async (login: DeviceLoginRequest & Rights) => {
        const settings = withRights(session.settings, login)
        const {logInByDevice} = await import('../services/log-in-by-device.js')
        return logInByDevice(
          {...ports, settings, ...(await deviceAdapters(shared, settings))},
          login,
        )
      },
      recorder,
    ),
    async rehearse() {
      authFile.read()
      await authFile.rehearse()
    },
    storeKey: observedStore(
      'key',
      async ({provider, key, ...request}: KeyRequest) => {
        const {storeApiKey} = await import('../services/store-api-key.js')
        const api = createMogplexApi(http, session.settings.baseUrl)
        return storeApiKey({...ports, api}, provider, key, request)
      },
      recorder,
    ),
    logOut: observedLogout(async (request: LogOutRequest) => {
      const [{logOut}, copies] = await Promise.all([
        import('../services/log-out.js'),
        import('../adapters/auth-file/copies.js'),
      ])
      const cleanHistory = async () => {
        const {composeHistory} = await import('./history.js')
        return composeHistory(shared).clean()
      }
      return logOut(
        {
          ...ports,
          hostedFiles: shared.hostedFiles,
          cleanHistory,
          copies: {list: () => copies.copiesOf(authFile.path), remove: copies.removeCopy},
        },
        request,
      )
    }, recorder),
    async authCopies() {
      const {copiesOf} = await import('../adapters/auth-file/copies.js')
      return copiesOf(authFile.path)
    },
  }
}

async function deviceAdapters(
  shared: SharedServices,
  settings: Settings,
): Promise<Omit<DeviceLoginPorts, keyof StoreLoginPorts>> {
  const {http, clock} = shared
  const {clientId, scopes, loopbackHttp} = settings
  const [discover, device, {pollForTokens}, {pause}] = await Promise.all([
    loadDiscover(shared, settings),
    import('../adapters/authorization-server/device-authorization.js'),
    import('../adapters/authorization-server/device-poll.js'),
    import('../adapters/pause.js'),
  ])
  const transport = {http, loopbackHttp}
  return {
    pause,
    discover,
    requestDevice: async (metadata, signal) =>
      device.requestDeviceAuthorization({...transport, metadata, clientId, scopes, signal}),
    poll: async (metadata, request) =>
      pollForTokens({...transport, ...request, metadata, clientId, scopes, now: clock.now()}),
  }
}

async function loginAdapters(
  shared: SharedServices,
  settings: Settings,
): Promise<Omit<LoginPorts, keyof StoreLoginPorts>> {
  const {env, http, clock} = shared
  const {clientId, scopes, loopbackHttp} = settings
  const [discover, authorization, exchange, callback, start, browser] = await Promise.all([
    loadDiscover(shared, settings),
    import('../adapters/authorization-server/authorization-request.js'),
    import('../adapters/authorization-server/code-exchange.js'),
    import('../adapters/callback-server.js'),
    import('../adapters/callback-server/start-address.js'),
    import('../adapters/browser.js'),
  ])
  return {
    discover,
    makeRequest: async (metadata, redirectUri) =>
      authorization.makeAuthorizationRequest(metadata, {clientId, scopes, redirectUri}),
    exchange: async (metadata, request, callback, signal) =>
      exchange.exchangeCode({
        http,
        metadata,
        clientId,
        request,
        scopes,
        loopbackHttp,
        signal,
        callback,
        now: clock.now(),
      }),
    openCallbackServer: callback.openCallbackServer,
    openStartAddress: async (target) =>
      start.openStartAddress({target, users: start.usersHere(valueOf(env, 'SUDO_UID'))}),
    openBrowser: async (url) => browser.openInBrowser(url, env),
  }
}
