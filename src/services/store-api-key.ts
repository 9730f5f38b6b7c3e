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
  /** The e-mail address whose key it must be, if it must be one's. */
  readonly expectAccount?: string | undefined
}

/**
 * Stores an API key. A Mogplex key is asked about first; of other providers' keys only the look is
 * known, and `readApiKey` has seen to that. See {@link storeCredential} for what follows.
 *
 * @throws {LoginFailedError} exit 64, when the server rejects the key, or it is not the expected
 *   account's, or another one's than the stored login's; nothing is stored
 * @throws {SwitchNeededError} exit 64, when the profile is another account's
 * @throws {RemoteError} exit 69, {RateLimitedError} exit 75, {LocalFileError} exit 1; the signal's
 *   reason, when nothing is stored yet
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

/** Who signs in and who pays would be two. */
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
  // Whose key it is, is good to know; that the server does not say it, is not a failure.
  const account = await api.accountOfKey(bare, signal).catch(() => undefined)
  signal?.throwIfAborted()
  requireAccount(account, expectAccount, 'Use a key that was made by that account.')
  return {...bare, issuer, baseUrl, account}
}
