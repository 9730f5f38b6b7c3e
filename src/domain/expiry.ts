import type {Credential, OAuthCredential} from './credential.js'

/** Whether a credential's time is over, as far as the credential itself tells. */
export function isExpired(credential: Credential, now: Date): boolean {
  if (credential.type !== 'oauth' || credential.expiresAt === undefined) return false
  return credential.expiresAt.getTime() <= now.getTime()
}

const REFRESH_TOKEN_DAYS = 30

/**
 * When an unused refresh token ends by itself, where that is known: the Mogplex service promises
 * 30 days from the last refresh (contract 4.6); of other servers nobody knows.
 */
export function refreshTokenEnds(credential: OAuthCredential): Date | undefined {
  const {clientId, refreshToken, obtainedAt} = credential
  if (clientId !== 'mogplex-cli' || refreshToken === undefined) return undefined
  return new Date(obtainedAt.getTime() + REFRESH_TOKEN_DAYS * 86_400_000)
}
