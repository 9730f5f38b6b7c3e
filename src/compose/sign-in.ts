import {randomUUID} from 'node:crypto'
import {createMogplexApi} from '../adapters/mogplex-api.js'
import {allowsLoopbackHttp} from '../domain/network/addresses.js'
import type {Credential, OAuthCredential} from '../domain/credential/credential.js'
import {valueOf} from '../domain/settings/environment.js'
import type {Provider} from '../domain/credential/provider-table.js'
import type {Secret} from '../domain/credential/secret.js'
import type {Settings} from '../domain/settings/settings.js'
import type {Surroundings} from '../domain/login/surroundings.js'
import type {DeviceLoginPorts, DeviceLoginRequest} from '../services/log-in-by-device.js'
import type {LoginPorts, LoginRequest} from '../services/log-in.js'
import type {StoredKey} from '../services/store-api-key.js'
import type {LoggedIn} from '../services/store-login.js'
import {storedAccount} from '../services/account-events.js'
import type {World} from './world.js'

/** How a login is asked for, by whichever route. */
export interface Wish {
  /** Ask for no right to write. */
  readonly readOnly: boolean
}

/** A key that is to be stored. */
export interface KeyRequest {
  readonly provider: Provider
  readonly key: Secret
  readonly expectAccount: string | undefined
}

/** The ways in. */
export interface SignIn {
  /** Where we are: over SSH, in a container, with a display or without. */
  readonly surroundings: () => Promise<Surroundings>
  readonly logIn: (login: LoginRequest & Wish) => Promise<LoggedIn>
  readonly logInByDevice: (login: DeviceLoginRequest & Wish) => Promise<LoggedIn>
  readonly storeKey: (request: KeyRequest) => Promise<StoredKey>
}

interface Done {
  readonly credential: Credential
  readonly replaced: OAuthCredential | undefined
}

export function composeSignIn(world: World): SignIn {
  const {authFile, clock, http, journal, session, accountEvents} = world
  const finish = async <T extends Done>(done: T): Promise<T> => {
    if (done.replaced !== undefined) {
      const {revocationOf} = await import('../services/log-out.js')
      await revocationOf(done.replaced, revokeAtServer(world))
    }
    const isAccount = done.credential.provider === 'mogplex'
    if (isAccount) await journal.clear()
    const before = storedAccount(session)
    session.refresh()
    if (isAccount) accountEvents.loggedIn(before, storedAccount(session))
    return done
  }
  return {
    async surroundings() {
      const {readSurroundings} = await import('../adapters/surroundings.js')
      return readSurroundings(world.env)
    },
    async logIn(login) {
      const settings = withWish(session.settings, login)
      const {logIn} = await import('../services/log-in.js')
      const adapters = await loginAdapters(world, settings)
      return finish(await logIn({settings, authFile, clock, ...adapters}, login))
    },
    async logInByDevice(login) {
      const settings = withWish(session.settings, login)
      const {logInByDevice} = await import('../services/log-in-by-device.js')
      const adapters = await deviceAdapters(world, settings)
      return finish(await logInByDevice({settings, authFile, clock, ...adapters}, login))
    },
    async storeKey({provider, key, expectAccount}) {
      const {settings} = session
      const {storeApiKey} = await import('../services/store-api-key.js')
      const api = createMogplexApi(http, settings.baseUrl)
      return finish(
        await storeApiKey({settings, authFile, clock, api}, provider, key, expectAccount),
      )
    },
  }
}

/** Revokes a login at the issuer that gave it, whatever issuer is in question now. */
export function revokeAtServer({env, http}: World) {
  const loopbackHttp = allowsLoopbackHttp(env)
  return async (credential: OAuthCredential, signal: AbortSignal): Promise<boolean> => {
    const [{discover}, {revoke}] = await Promise.all([
      import('../adapters/authorization-server/discovery.js'),
      import('../adapters/authorization-server/revocation.js'),
    ])
    const metadata = await discover(credential.issuer, {http, loopbackHttp, signal})
    return revoke(credential, {http, metadata, loopbackHttp, signal})
  }
}

function withWish(settings: Settings, {readOnly}: Wish): Settings {
  if (!readOnly) return settings
  return {...settings, scopes: settings.scopes.filter((scope) => scope !== 'write')}
}

async function deviceAdapters(
  {http, clock}: World,
  {issuer, clientId, scopes, loopbackHttp}: Settings,
): Promise<Omit<DeviceLoginPorts, 'authFile' | 'clock' | 'settings'>> {
  const [discovery, device, {pollForTokens}, {pause}] = await Promise.all([
    import('../adapters/authorization-server/discovery.js'),
    import('../adapters/authorization-server/device-authorization.js'),
    import('../adapters/authorization-server/device-poll.js'),
    import('../adapters/pause.js'),
  ])
  const transport = {http, loopbackHttp}
  return {
    pause,
    newGrantId: randomUUID,
    discover: async (signal) => discovery.discover(issuer, {...transport, signal}),
    requestDevice: async (metadata, signal) =>
      device.requestDeviceAuthorization({...transport, metadata, clientId, scopes, signal}),
    poll: async (metadata, request) =>
      pollForTokens({...transport, ...request, metadata, clientId, scopes, now: clock.now()}),
  }
}

async function loginAdapters(
  {env, http, clock}: World,
  {issuer, clientId, scopes, loopbackHttp}: Settings,
): Promise<Omit<LoginPorts, 'authFile' | 'clock' | 'settings'>> {
  const [discovery, authorization, exchange, callback, start, browser] = await Promise.all([
    import('../adapters/authorization-server/discovery.js'),
    import('../adapters/authorization-server/authorization-request.js'),
    import('../adapters/authorization-server/code-exchange.js'),
    import('../adapters/callback-server.js'),
    import('../adapters/callback-server/start-address.js'),
    import('../adapters/browser.js'),
  ])
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
    openStartAddress: async (target) =>
      start.openStartAddress({target, users: start.usersHere(valueOf(env, 'SUDO_UID'))}),
    openBrowser: async (url) => browser.openInBrowser(url, env),
  }
}
