import type {TokenSet} from '../adapters/authorization-server/code-exchange.js'
import type {OAuthCredential} from '../domain/credential/credential.js'
import {requireAccount} from '../domain/login/expected-account.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {Settings} from '../domain/settings/settings.js'
import {
  storeCredential,
  type Stored,
  type StorePorts,
  type StoreRequest,
} from './store-credential.js'

export interface StoreLoginPorts extends StorePorts {
  /** With the scopes that are asked for. */
  readonly settings: Settings
  readonly newGrantId: () => string
}

export interface StoreLoginRequest extends StoreRequest {
  /** The e-mail address that must have signed in, if one must. */
  readonly expectAccount?: string | undefined
}

export type LoggedIn = Stored<OAuthCredential>

/**
 * Makes a login of what the token endpoint gave, and stores it; see {@link storeCredential} for what
 * follows.
 *
 * @throws {LoginFailedError} exit 64, when someone else did; {LocalFileError} exit 1
 */
export async function storeLogin(
  {settings, newGrantId, ...ports}: StoreLoginPorts,
  tokens: TokenSet,
  {expectAccount, ...request}: StoreLoginRequest,
): Promise<LoggedIn> {
  requireAccount(tokens.account, expectAccount)
  const credential: OAuthCredential = {
    type: 'oauth',
    provider: 'mogplex',
    source: {type: 'file', path: ports.authFile.path},
    issuer: settings.issuer,
    baseUrl: apiBaseUrl({type: 'oauth'}, settings),
    clientId: settings.clientId,
    ...tokens,
    grantId: newGrantId(),
    obtainedAt: ports.clock.now(),
  }
  return storeCredential(ports, credential, request)
}
