import type {MogplexApi} from '../adapters/mogplex-api.js'
import {hostOf} from '../domain/network/addresses.js'
import {loginAmong} from '../domain/auth-file/stored-entries.js'
import {
  accountWord,
  type ApiKeyCredential,
  type OAuthCredential,
} from '../domain/credential/credential.js'
import {CredentialRejectedError, LoginFailedError} from '../domain/errors/authentication.js'
import {requireAccount} from '../domain/login/expected-account.js'
import type {Provider} from '../domain/credential/provider-table.js'
import type {Secret} from '../domain/credential/secret.js'
import {isOthersKey} from '../domain/refresh/same-tokens.js'
import {
  storeCredential,
  type Stored,
  type StorePorts,
  type StoreRequest,
} from './store-credential.js'

interface StoreKeyPorts extends StorePorts {
  readonly api: Pick<MogplexApi, 'accountOfKey' | 'checkToken'>
}

export type StoredKey = Stored<ApiKeyCredential>

interface StoreKeyRequest extends Pick<StoreRequest, 'signal' | 'switching'> {
  /** The e-mail address whose key it must be, if one was given. */
  readonly expectAccount?: string | undefined
}

/**
 * Stores an API key. A Mogplex key is checked with the server first; for other providers only the
 * format is checked, by `readApiKey`. See {@link storeCredential} for what follows.
 *
 * @throws {LoginFailedError} exit 64, when the server rejects the key, or it belongs to a different
 *   account than expected, or than the stored login; nothing is stored
 * @throws {SwitchNeededError} exit 64, when the profile belongs to another account
 * @throws {RemoteError} exit 69, {RateLimitedError} exit 75, {LocalFileError} exit 1; the signal's
 *   reason, as long as nothing is stored
 */
export async function storeApiKey(
  ports: StoreKeyPorts,
  provider: Provider,
  key: Secret,
  {expectAccount, signal, switching}: StoreKeyRequest = {},
): Promise<StoredKey> {
  const {authFile, clock} = ports
  const bare: ApiKeyCredential = {
    type: 'api-key',
    provider: provider.id,
    source: {type: 'file', path: authFile.path},
    key,
    obtainedAt: clock.now(),
  }
  const credential =
    provider.id === 'mogplex' ? await checked(ports, bare, expectAccount, signal) : bare
  refuseOthersKey(credential, loginAmong(authFile.read().entries))
  return storeCredential(ports, credential, {signal, switching})
}

/** Otherwise the signed-in account and the paying one would differ. */
function refuseOthersKey(key: ApiKeyCredential, login: OAuthCredential | undefined): void {
  if (key.provider !== 'mogplex' || login === undefined || !isOthersKey(key, login)) return
  const [owner, account] = [accountWord(key.account), accountWord(login.account)]
  throw new LoginFailedError(
    `That key belongs to ${owner ?? 'another account'}, and the stored login to ${account ?? 'another one'}; nothing was stored.`,
    'Use a key of that account, or run `mogplex logout` first.',
    'KEY_OF_ANOTHER_ACCOUNT',
  )
}

async function checked(
  {api, session}: StoreKeyPorts,
  bare: ApiKeyCredential,
  expectAccount: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ApiKeyCredential> {
  const {baseUrl, issuer} = session.settings
  try {
    await api.checkToken(bare, signal)
  } catch (error) {
    if (!(error instanceof CredentialRejectedError)) throw error
    throw new LoginFailedError(
      `${hostOf(baseUrl)} rejects that key; nothing was stored.`,
      'Check that it was copied whole, and that it has not expired or been revoked.',
      'KEY_REJECTED',
    )
  }
  // The key's account is useful to know, but a server that does not say it is not a failure.
  const account = await api.accountOfKey(bare, signal).catch(() => undefined)
  signal?.throwIfAborted()
  requireAccount(account, expectAccount, 'Use a key that was made by that account.')
  return {...bare, issuer, baseUrl, account}
}
