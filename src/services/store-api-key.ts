import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {MogplexApi} from '../adapters/mogplex-api.js'
import {hostOf} from '../domain/network/addresses.js'
import type {ApiKeyCredential, OAuthCredential} from '../domain/credential/credential.js'
import {CredentialRejectedError, LoginFailedError} from '../domain/errors/authentication.js'
import {requireAccount} from '../domain/login/expected-account.js'
import type {Provider} from '../domain/credential/provider-table.js'
import type {Secret} from '../domain/credential/secret.js'
import type {Settings} from '../domain/settings/settings.js'
import {otherLogin} from './other-login.js'

export interface StoreKeyPorts {
  readonly settings: Settings
  readonly authFile: Pick<AuthFile, 'path' | 'read' | 'store'>
  readonly clock: Clock
  readonly api: Pick<MogplexApi, 'accountOfKey' | 'checkToken'>
}

export interface StoredKey {
  readonly credential: ApiKeyCredential
  /** Files in which something that was in the way is kept. */
  readonly keptAside: readonly string[]
  /** The login that was replaced, when it was another account's or issuer's. */
  readonly replaced: OAuthCredential | undefined
}

/**
 * Stores an API key. A Mogplex key is asked about first; of other providers' keys only the look is
 * known, and `readApiKey` has seen to that.
 *
 * @throws {LoginFailedError} exit 64, when the server rejects the key, or it is not the expected
 *   account's; nothing is stored
 * @throws {RemoteError} exit 69, {RateLimitedError} exit 75, {LocalFileError} exit 1
 */
export async function storeApiKey(
  ports: StoreKeyPorts,
  provider: Provider,
  key: Secret,
  expectAccount: string | undefined,
): Promise<StoredKey> {
  const {settings, authFile, clock} = ports
  const now = clock.now()
  const bare: ApiKeyCredential = {
    type: 'api-key',
    provider: provider.id,
    source: {type: 'file', path: authFile.path},
    key,
    obtainedAt: now,
  }
  const credential = provider.id === 'mogplex' ? await checked(ports, bare, expectAccount) : bare
  const before = otherLogin(authFile, {issuer: settings.issuer, account: credential.account})
  const {keptAside} = await authFile.store(credential, now)
  return {credential, keptAside, replaced: provider.id === 'mogplex' ? before : undefined}
}

async function checked(
  {api, settings}: StoreKeyPorts,
  bare: ApiKeyCredential,
  expectAccount: string | undefined,
): Promise<ApiKeyCredential> {
  try {
    await api.checkToken(bare)
  } catch (error) {
    if (!(error instanceof CredentialRejectedError)) throw error
    throw new LoginFailedError(
      `${hostOf(settings.baseUrl)} rejects that key; nothing was stored.`,
      'Check that it was copied whole, and that it has not expired or been revoked.',
      'KEY_REJECTED',
    )
  }
  // Whose key it is, is good to know; that the server does not say it, is no failure.
  const account = await api.accountOfKey(bare).catch(() => undefined)
  requireAccount(account, expectAccount, 'Take a key that was made by that account.')
  return {...bare, issuer: settings.issuer, baseUrl: settings.baseUrl, account}
}
