import type {Account} from './credential.js'
import {LoginFailedError} from './errors/authentication.js'

const SIGN_IN_AGAIN = 'Sign out in the browser, then run `mogplex login` again.'

/**
 * Insists on who signed in, when somebody is expected. E-mail addresses are compared without case.
 *
 * @param remedy - what to do when it is someone else
 * @throws {LoginFailedError} exit 64, when it is someone else, or the server does not say who
 */
export function requireAccount(
  account: Account | undefined,
  expected: string | undefined,
  remedy = SIGN_IN_AGAIN,
): void {
  if (expected === undefined) return
  const email = account?.email
  if (email?.toLowerCase() === expected.trim().toLowerCase()) return
  const who =
    email === undefined
      ? 'The server does not say whose account this is'
      : `${email} signed in, not the account that was expected`
  throw new LoginFailedError(`${who}; nothing was stored.`, remedy, 'UNEXPECTED_ACCOUNT')
}
