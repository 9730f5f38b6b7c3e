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

/** How long a run that is watched waits for another sign-in: long enough for a browser and a phone. */
export const SIGN_IN_WAIT_MS = 10 * 60_000
/** Between two looks at the disk; nothing is asked of a server meanwhile. */
export const SIGN_IN_LOOK_MS = 2000

/**
 * Whether an error says that the sign-in is over for good, while a sign-in elsewhere would help: a
 * variable of this process stays what it is.
 *
 * @param used - what the run was asked for with before
 */
export function isSignInOver(error: unknown, used: Credential): error is MogplexError {
  if (used.source.type === 'env' || error instanceof UnexpectedPageError) return false
  return [CredentialRejectedError, LoginExpiredError, NotLoggedInError].some(
    (kind) => error instanceof kind,
  )
}

/** Whether a credential that was found is another sign-in than the one that is over. */
export function isOtherSignIn(found: Credential, over: Credential, now: Date): boolean {
  if (found.type !== 'oauth' || over.type !== 'oauth') {
    return found.type !== over.type || found.obtainedAt?.getTime() !== over.obtainedAt?.getTime()
  }
  // Another process may have refreshed it: whoever did, a token that holds can be tried.
  return !isSameGrant(found, over) || (!isSameAccessToken(found, over) && !isExpired(found, now))
}
