import type {AuthFile} from '../adapters/auth-file.js'
import type {TokenSet} from '../adapters/authorization-server/code-exchange.js'
import type {Clock} from '../adapters/clock.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {OAuthCredential} from '../domain/credential/credential.js'
import {requireAccount} from '../domain/login/expected-account.js'
import type {Settings} from '../domain/settings/settings.js'
import {otherLogin} from './other-login.js'

export interface StoreLoginPorts {
  readonly settings: Settings
  readonly authFile: Pick<AuthFile, 'path' | 'read' | 'rehearse' | 'store'>
  readonly clock: Clock
  readonly newGrantId: () => string
}

export interface LoggedIn {
  readonly credential: OAuthCredential
  /** Files in which something that was in the way is kept. */
  readonly keptAside: readonly string[]
  /** The login that was replaced, when it was another account's or issuer's. */
  readonly replaced: OAuthCredential | undefined
}

/**
 * Makes a login of what the token endpoint gave, and stores it in place of the old one.
 *
 * @param expectAccount - the e-mail address that must have signed in, if one must
 * @throws {LoginFailedError} exit 64, when someone else did; {LocalFileError} exit 1
 */
export async function storeLogin(
  {settings, authFile, clock, newGrantId}: StoreLoginPorts,
  tokens: TokenSet,
  expectAccount: string | undefined,
): Promise<LoggedIn> {
  requireAccount(tokens.account, expectAccount)
  const now = clock.now()
  const credential: OAuthCredential = {
    type: 'oauth',
    provider: 'mogplex',
    source: {type: 'file', path: authFile.path},
    issuer: settings.issuer,
    baseUrl: apiBaseUrl({type: 'oauth'}, settings),
    clientId: settings.clientId,
    ...tokens,
    grantId: newGrantId(),
    obtainedAt: now,
  }
  const replaced = otherLogin(authFile, credential)
  const {keptAside} = await authFile.store(credential, now)
  return {credential, keptAside, replaced}
}
