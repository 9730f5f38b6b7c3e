import {valueOf} from '../domain/settings/environment.js'
import type {Settings} from '../domain/settings/settings.js'
import type {DeviceLoginPorts} from '../services/log-in-by-device.js'
import type {LoginPorts} from '../services/log-in.js'
import type {StoreLoginPorts} from '../services/store-login.js'
import {loadDiscover} from './login-ports.js'
import type {SharedServices} from './shared-services.js'

/** The adapters of a login in the browser. */
export async function loginAdapters(
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

/** The adapters of a login on another device. */
export async function deviceAdapters(
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
