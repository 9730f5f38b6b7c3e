import type {AccountReport} from '@mogplex/plugin-kit/session'
import {hostOf} from '../domain/network/addresses.js'
import type {DisplayOptions} from './identity-text.js'
import {accountName, scopesText, untilText} from './names.js'

/**
 * The result of a login: who, which scopes, until when.
 *
 * @param lists - what was synced, where that is known by now
 */
export function loggedInText(
  account: AccountReport,
  {palette, now}: DisplayOptions,
  lists: readonly string[] = [],
): string {
  const {scopes, issuer} = account
  const who = accountName(account) ?? 'an account that the server does not name'
  const parts = [scopesText(scopes), untilText(account, now)].filter((part) => part !== undefined)
  const synced = lists.length === 0 ? '' : ` ${lists.join(', ')}.`
  return `${palette.good('Signed in')} to ${hostOf(issuer)} as ${palette.strong(who)}: ${parts.join(', ')}.${synced}`
}
