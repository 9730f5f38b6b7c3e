import type {AuthFile} from '../adapters/auth-file.js'
import type {Account, OAuthCredential} from '../domain/credential/credential.js'
import {isOtherAccount} from '../domain/refresh/same-tokens.js'

/**
 * The stored login, when it is another issuer's or another account's than the one that is about to
 * take its place. Revoking one's own grant can end the new login too, so that one is left alone.
 */
export function otherLogin(
  authFile: Pick<AuthFile, 'read'>,
  after: {readonly issuer: string; readonly account?: Account | undefined},
): OAuthCredential | undefined {
  for (const entry of authFile.read().entries) {
    if (entry.state !== 'usable' || entry.credential.type !== 'oauth') continue
    const before = entry.credential
    return isOtherAccount(before, after) ? before : undefined
  }
  return undefined
}
