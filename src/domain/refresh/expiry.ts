import {isLoopback, parseUrl} from '../network/addresses.js'
import {DEFAULT_BASE_URL} from '../settings/settings.js'
import type {Credential, OAuthCredential} from '../credential/credential.js'

const MARGIN_MS = 5 * 60_000

/** Whether an access token has expired, as far as the credential itself shows. */
export function isExpired(credential: Credential, now: Date): boolean {
  if (credential.type !== 'oauth' || credential.expiresAt === undefined) return false
  return credential.expiresAt.getTime() <= now.getTime()
}

/**
 * Whether an access token should be refreshed before the next request: less than 5 minutes, or less
 * than a quarter of its life, are left (design 4).
 */
export function isRefreshDue(
  {expiresAt, obtainedAt, refreshToken}: OAuthCredential,
  now: Date,
): boolean {
  if (expiresAt === undefined || refreshToken === undefined) return false
  const life = Math.max(0, expiresAt.getTime() - obtainedAt.getTime())
  return expiresAt.getTime() - now.getTime() <= Math.min(MARGIN_MS, life / 4)
}

const REFRESH_TOKEN_DAYS = 30

/**
 * When an unused refresh token expires, where that is known: the Mogplex service promises 30 days
 * from the last refresh (contract 4.6), and the local cloud does the same; unknown for other
 * servers.
 */
export function refreshTokenEnds(credential: OAuthCredential): Date | undefined {
  const {clientId, issuer, refreshToken, obtainedAt} = credential
  const isKnown = issuer === DEFAULT_BASE_URL || isLocal(issuer)
  if (!isKnown || clientId !== 'mogplex-cli' || refreshToken === undefined) return undefined
  return new Date(obtainedAt.getTime() + REFRESH_TOKEN_DAYS * 86_400_000)
}

/** How long an unused login lasts, where that is known. */
export function signedInUntil(credential: OAuthCredential): Date | undefined {
  const isRenewable = credential.refreshToken !== undefined
  return isRenewable ? refreshTokenEnds(credential) : credential.expiresAt
}

function isLocal(issuer: string): boolean {
  const url = parseUrl(issuer)
  return url !== undefined && isLoopback(url)
}
