import {MogplexError} from '@mogplex/plugin-kit/errors'
import {accountWord, type OAuthCredential} from '../domain/credential/credential.js'
import {CredentialRejectedError, type RefreshRefusedError} from '../domain/errors/authentication.js'
import {LocalFileError} from '../domain/errors/local-files.js'
import {hostOf} from '../domain/network/addresses.js'
import {interruptionText, type RefreshAttempt} from '../domain/refresh/refresh-attempt.js'
import {isOtherAccount, isSameRefreshToken} from '../domain/refresh/same-tokens.js'
import {type Refreshed, type RefreshPorts, storedLogin} from './refresh-ports.js'

/** Nothing precedes this once the answer is there: tokens lost here are lost permanently. */
export async function storeTokens(
  ports: RefreshPorts,
  login: OAuthCredential,
  fresh: OAuthCredential,
): Promise<Refreshed | 'changed'> {
  try {
    const isStored = await ports.authFile.amend(login.grantId, (stored) => ({
      ...fresh,
      account: stored.account,
      verifiedAt: stored.verifiedAt,
      prompts: stored.prompts,
    }))
    if (isStored) {
      await ports.journal.clear()
      return {credential: fresh}
    }
    if (ports.authFile.read().document.state === 'missing') {
      // A logout leaves the file, so a missing one means that its folder was moved, or unmounted.
      return {credential: fresh, unstored: fileHasGone(ports.authFile.path)}
    }
    // Signed out, or in again, during the request: the new tokens are useless. But where the same
    // account signed in, revoking a token of its old grant can end the new login, too.
    await ports.journal.clear()
    const now = storedLogin(ports)
    if (now === undefined || isOtherAccount(now, fresh)) {
      await ports.revoke(fresh).catch(() => undefined) // the tokens expire anyway
    }
    return 'changed'
  } catch (error) {
    if (error instanceof MogplexError) return {credential: fresh, unstored: error}
    throw error
  }
}

interface Refusal {
  readonly login: OAuthCredential
  readonly inPlaceOf: OAuthCredential | undefined
  readonly refusal: RefreshRefusedError
  /** The attempt that may have spent the refresh token. */
  readonly interrupted: RefreshAttempt | undefined
}

/**
 * Reads the file once more: only a refusal of the token that is there now ends the sign-in.
 *
 * @throws {CredentialRejectedError} exit 64, where it did
 */
export async function markRefused(
  ports: RefreshPorts,
  {login, inPlaceOf, refusal: {why}, interrupted}: Refusal,
): Promise<'changed'> {
  const text = interrupted === undefined ? why : `${why}; ${interruptionText(interrupted)}`
  const at = ports.clock.now()
  const isRefused = (stored: OAuthCredential): boolean =>
    isSameRefreshToken(stored, login) ||
    (inPlaceOf !== undefined && isSameRefreshToken(stored, inPlaceOf))
  let unmarked: MogplexError | undefined
  try {
    const isMarked = await ports.authFile.amend(login.grantId, (stored) =>
      isRefused(stored) ? {...stored, rejected: {at, why: text}} : undefined,
    )
    await ports.journal.clear()
    if (!isMarked) return 'changed'
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    const stored = storedLogin(ports)
    if (stored !== undefined && !isRefused(stored)) return 'changed' // the note names another token
    unmarked = error // the sign-in has ended all the same
  }
  const who = accountWord(login.account) ?? 'an unnamed account'
  const noted = unmarked === undefined ? '' : ` That could not be noted: ${unmarked.message}`
  throw new CredentialRejectedError(
    `${hostOf(login.issuer)} ended the login of ${who}: ${text}.${noted}`,
  )
}

function fileHasGone(path: string): LocalFileError {
  return new LocalFileError(
    `${path} was removed after the refresh began.`,
    'Put it back, or run `mogplex login`.',
  )
}
