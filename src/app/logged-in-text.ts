import type {AccountReport} from '@mogplex/plugin-kit/session'
import {hostOf} from '../domain/addresses.js'
import type {Showing} from './identity-text.js'
import {accountName, scopesText} from './names.js'
import {when} from './when.js'

/** The result of a login: who, which scopes, until when. */
export function loggedInText(account: AccountReport, {palette, now}: Showing): string {
  const {scopes, expiresAt, issuer} = account
  const who = accountName(account) ?? 'an account that the server does not name'
  const until = expiresAt === null ? '' : `, until ${when(new Date(expiresAt), now)}`
  return `${palette.good('Signed in')} to ${hostOf(issuer)} as ${palette.strong(who)}: ${scopesText(scopes)}${until}.`
}
