import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {OAuthCredential} from '../domain/credential/credential.js'
import type {RevocationReport} from '../domain/credential/receipt.js'
import {hostOf} from '../domain/network/addresses.js'
import {refreshTokenEnds} from '../domain/refresh/expiry.js'

const REVOCATION_MS = 5000

/** Revokes a login at its issuer. @returns `false` when the server has no revocation endpoint */
export type Revoke = (login: OAuthCredential, signal: AbortSignal) => Promise<boolean>

/**
 * Revokes a login at its issuer, within five seconds, or until the signal aborts; one that the
 * server has already ended is skipped. Never throws.
 */
export async function revokeLogin(
  login: OAuthCredential,
  revoke: Revoke,
  over?: AbortSignal,
): Promise<RevocationReport> {
  const {issuer, rejected} = login
  if (rejected !== undefined) return {state: 'over', issuer, since: rejected.at}
  const ends = {accessTokenEnds: login.expiresAt, refreshTokenEnds: refreshTokenEnds(login)}
  try {
    const limit = AbortSignal.timeout(REVOCATION_MS)
    const revoked = await revoke(login, over ? AbortSignal.any([limit, over]) : limit)
    return revoked ? {state: 'revoked', issuer} : {state: 'not-offered', issuer, ...ends}
  } catch (error) {
    const why =
      error instanceof MogplexError
        ? error.message
        : `${hostOf(issuer)} did not answer within ${REVOCATION_MS / 1000} s.`
    return {state: 'failed', issuer, why, ...ends}
  }
}
