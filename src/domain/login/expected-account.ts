import {printable} from '../text/printable.js'
import type {Account} from '../credential/credential.js'
import {LoginFailedError} from '../errors/authentication.js'

const SIGN_IN_AGAIN = 'Sign out in the browser, then run `mogplex login` again.'

/**
 * Requires the expected account, if one is expected. E-mail addresses are compared as received,
 * ignoring the case of ASCII letters; one that the server says is not verified never matches.
 *
 * @param remedy - what to do when it is another account
 * @throws {LoginFailedError} exit 64, when it is another account, or the server does not say which
 */
export function requireAccount(
  account: Account | undefined,
  expected: string | undefined,
  remedy = SIGN_IN_AGAIN,
): void {
  if (expected === undefined) return
  const email = account?.email
  const wanted = printable(expected.trim()) || 'the account that was expected'
  const isNamed = email?.isIgnoringCase(expected.trim()) === true
  if (isNamed && account?.isEmailUnverified !== true) return
  const who =
    email === undefined
      ? 'The server does not say whose account this is'
      : isNamed
        ? `${email.printable()} signed in, but the server says that this address is not verified`
        : `${email.printable()} signed in, not ${wanted}`
  throw new LoginFailedError(`${who}; nothing was stored.`, remedy, 'UNEXPECTED_ACCOUNT')
}
