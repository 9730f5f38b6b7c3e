import type {TokenSet} from '../adapters/authorization-server/code-exchange.js'
import type {OAuthCredential} from '../domain/credential/credential.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import {SwitchNeededError} from '../domain/errors/profile.js'
import {hostOf} from '../domain/network/addresses.js'
import {requireAccount} from '../domain/login/expected-account.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {Settings} from '../domain/settings/settings.js'
import {profileAccountOf} from './claim-profile.js'
import {revokeLogin} from './revoke-login.js'
import {
  storeCredential,
  type Stored,
  type StorePorts,
  type StoreRequest,
} from './store-credential.js'

export interface StoreLoginPorts extends StorePorts {
  /** With the requested scopes. */
  readonly settings: Settings
  readonly newGrantId: () => string
}

interface StoreLoginRequest extends StoreRequest {
  /** The e-mail address that must have signed in, if one was given. */
  readonly expectAccount?: string | undefined
}

export type LoggedIn = Stored<OAuthCredential>

/**
 * Creates a login from a token response, and stores it; see {@link storeCredential} for what
 * follows.
 *
 * @throws {LoginFailedError} exit 64, when another account signed in; {LocalFileError} exit 1
 * @throws {SwitchNeededError} exit 64, when the profile belongs to another account: then the new
 *   tokens are revoked
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
  try {
    return await storeCredential(ports, credential, request)
  } catch (error) {
    if (error instanceof SwitchNeededError) {
      const {profile, from, to} = error
      throw new SwitchNeededError(profile, from, to, await endLogin(ports, credential))
    }
    const isUnanswered = error instanceof CancelledError || request.signal?.aborted === true
    if (isUnanswered && ports.profile !== undefined) await endLogin(ports, credential)
    throw error
  }
}

/** @returns what happened to a login that is not stored, as a sentence */
async function endLogin(
  {profile, revoke}: Pick<StorePorts, 'profile' | 'revoke'>,
  login: OAuthCredential,
): Promise<string> {
  // Some servers revoke every sign-in of an account with one of them.
  if (profile?.isSignedInBeside(profileAccountOf(login)) === true) {
    return ' It was not revoked: that account is signed in to another profile here.'
  }
  const revocation = await revokeLogin(login, revoke)
  if (revocation.state === 'revoked') return ' The sign-in was revoked.'
  if (revocation.state === 'failed') return ` The sign-in could not be revoked: ${revocation.why}`
  return ` ${hostOf(login.issuer)} offers no way to revoke the sign-in: it ends by itself.`
}
