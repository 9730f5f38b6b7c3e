import {createMogplexApi} from '../adapters/mogplex-api.js'
import type {Receipt} from '../domain/credential/receipt.js'
import type {Provider} from '../domain/credential/provider-table.js'
import type {Secret} from '../domain/credential/secret.js'
import type {Surroundings} from '../domain/login/surroundings.js'
import type {Switching} from '../services/claim-profile.js'
import type {DeviceLoginRequest} from '../services/log-in-by-device.js'
import type {LoginRequest} from '../services/log-in.js'
import type {StoredKey} from '../services/store-api-key.js'
import type {LogOutRequest} from '../services/log-out.js'
import type {LoggedIn} from '../services/store-login.js'
import {observedLogin, observedLogout, observedStore} from '../recording/observed-sign-in.js'
import {type Rights, storePorts, withRights} from './login-ports.js'
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
      const [{logIn}, {loginAdapters}] = await Promise.all([
        import('../services/log-in.js'),
        import('./login-adapters.js'),
      ])
      return logIn({...ports, settings, ...(await loginAdapters(shared, settings))}, login)
    }, recorder),
    logInByDevice: observedStore(
      'device',
      async (login: DeviceLoginRequest & Rights) => {
        const settings = withRights(session.settings, login)
        const [{logInByDevice}, {deviceAdapters}] = await Promise.all([
          import('../services/log-in-by-device.js'),
          import('./login-adapters.js'),
        ])
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
