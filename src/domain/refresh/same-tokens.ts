import type {Account, OAuthCredential} from '../credential/credential.js'

/** Whether two logins came of one sign-in: a refresh keeps the grant. */
export function isSameGrant(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.grantId === other.grantId && login.issuer === other.issuer
}

export function isSameAccessToken(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.accessToken.reveal() === other.accessToken.reveal()
}

export function isSameRefreshToken(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.refreshToken?.reveal() === other.refreshToken?.reveal()
}

/** Whether two logins are known to be different issuers', or different accounts'. */
export function isOtherAccount(
  login: OAuthCredential,
  other: {readonly issuer: string; readonly account?: Account | undefined},
): boolean {
  if (login.issuer !== other.issuer) return true
  const [one, two] = [login.account?.id, other.account?.id]
  return one !== undefined && two !== undefined && one !== two
}
