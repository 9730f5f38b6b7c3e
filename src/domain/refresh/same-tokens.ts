import type {
  Account,
  ApiKeyCredential,
  Credential,
  OAuthCredential,
} from '../credential/credential.js'
import {issuerOf} from '../network/api-address.js'

/** Whether two logins come from one sign-in: a refresh keeps the grant. */
export function isSameGrant(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.grantId === other.grantId && login.issuer === other.issuer
}

export function isSameAccessToken(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.accessToken.reveal() === other.accessToken.reveal()
}

export function isSameRefreshToken(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.refreshToken?.reveal() === other.refreshToken?.reveal()
}

/** Whether two logins are known to belong to different issuers, or different accounts. */
export function isOtherAccount(
  login: OAuthCredential,
  other: {readonly issuer: string; readonly account?: Account | undefined},
): boolean {
  if (login.issuer !== other.issuer) return true
  const [one, two] = [login.account?.id, other.account?.id]
  return one !== undefined && two !== undefined && one !== two
}

/** Whether it is one and the same key. */
export function isSameKey(one: Credential, other: Credential): boolean {
  if (one.type !== 'api-key' || other.type !== 'api-key') return false
  return one.key.reveal() === other.key.reveal()
}

/**
 * Whether a Mogplex key is known to belong to a different account than a login of the same issuer.
 */
export function isOthersKey(key: ApiKeyCredential, login: OAuthCredential): boolean {
  return issuerOf(key) === login.issuer && isOtherAccount(login, {...key, issuer: login.issuer})
}
