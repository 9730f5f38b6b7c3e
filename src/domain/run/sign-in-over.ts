import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Credential} from '../credential/credential.js'
import {
  CredentialRejectedError,
  LoginExpiredError,
  NotLoggedInError,
  UnexpectedPageError,
} from '../errors/authentication.js'
import {isExpired} from '../refresh/expiry.js'
import {isSameAccessToken, isSameGrant} from '../refresh/same-tokens.js'

/** How long a watched run waits for a new sign-in: long enough for a browser and a phone. */
export const SIGN_IN_WAIT_MS = 10 * 60_000
/** Between two checks of the disk; nothing is requested from a server meanwhile. */
export const SIGN_IN_LOOK_MS = 2000

/**
 * Whether an error means that the sign-in has ended permanently, while a sign-in elsewhere would
 * help: a variable of this process cannot change.
 *
 * @param used - the credential of the failed request
 */
export function isSignInOver(error: unknown, used: Credential): error is MogplexError {
  if (used.source.type === 'env' || error instanceof UnexpectedPageError) return false
  return [CredentialRejectedError, LoginExpiredError, NotLoggedInError].some(
    (kind) => error instanceof kind,
  )
}

/** Whether a found credential is another sign-in than the one that ended. */
export function isOtherSignIn(found: Credential, over: Credential, now: Date): boolean {
  if (found.type !== 'oauth' || over.type !== 'oauth') {
    return found.type !== over.type || found.obtainedAt?.getTime() !== over.obtainedAt?.getTime()
  }
  // Another process may have refreshed it: a token that is still valid can be tried.
  return !isSameGrant(found, over) || (!isSameAccessToken(found, over) && !isExpired(found, now))
}
