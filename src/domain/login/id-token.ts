import {type Account, accountIdOf} from '../credential/credential.js'
import {RemoteError} from '../errors/remote.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {outsideText} from '../text/outside-text.js'

/** What an ID token must match. `now` should be the server's time: our clock may be off. */
interface Expectation {
  readonly clientId: string
  /** As spelt in the metadata of the authorization server. */
  readonly issuer: string
  /** Of the authorization request, where it had one. */
  readonly nonce?: string | undefined
  readonly now: Date
}

/**
 * Who signed in, from the claims of an ID token (OpenID Connect Core §2) that came over TLS
 * directly from the token endpoint. Its signature is not checked: the hosted service signs with a
 * key that nobody else can know (contract 4.5). The claims are for display, they grant nothing.
 * That service sends no issuer and no nonce; a claim that is present must match.
 *
 * @returns the account, or `undefined` when the token is not a JWT or names no account
 * @throws {RemoteError} exit 69, when it was issued by another issuer, for another client or for
 *   another sign-in, or has expired
 */
export function readIdToken(
  idToken: string,
  {clientId, issuer, nonce, now}: Expectation,
): Account | undefined {
  const claims = partOf(idToken, 1)
  if (claims === undefined) return undefined
  const {aud, azp, exp, iss} = claims
  const audience: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audience.includes(clientId) || (azp ?? clientId) !== clientId) {
    throw new RemoteError('The ID token was made for another client; the login was not stored.')
  }
  if (withoutSlash(iss ?? issuer) !== withoutSlash(issuer)) {
    throw new RemoteError('The ID token was made by another server; the login was not stored.')
  }
  if (nonce !== undefined && (claims.nonce ?? nonce) !== nonce) {
    throw new RemoteError('The ID token was made for another sign-in; the login was not stored.')
  }
  if (typeof exp !== 'number' || exp * 1000 <= now.getTime()) {
    throw new RemoteError('The ID token has already expired; the login was not stored.')
  }
  return accountOf(claims)
}

/** The account that claims name (OpenID Connect Core §5.1); none without a subject. */
export function accountOf(claims: Record<string, unknown> | undefined): Account | undefined {
  const id = accountIdOf(claims?.sub)
  const email = outsideText(claims?.email)
  const name = outsideText(claims?.name)
  const verified = claims?.email_verified
  if (id === undefined) return undefined
  return {
    id,
    ...(email !== undefined && {email}),
    ...(name !== undefined && {name}),
    // Some servers send it as a string.
    ...((verified === false || verified === 'false') && {isEmailUnverified: true as const}),
  }
}

function withoutSlash(issuer: unknown): unknown {
  return typeof issuer === 'string' ? issuer.replace(/\/$/, '') : issuer
}

/** Whether a JWT names the request that it answers (OpenID Connect Core §2). */
export function hasNonce(jwt: string): boolean {
  return (partOf(jwt, 1)?.nonce ?? undefined) !== undefined
}

/** The algorithm that a JWT claims to be signed with (RFC 7515 §4.1.1). */
export function signingAlgorithmOf(jwt: string): string | undefined {
  return asText(partOf(jwt, 0)?.alg)
}

function partOf(jwt: string, index: number): Record<string, unknown> | undefined {
  const part = jwt.split('.')[index] ?? ''
  return asRecord(parseJson(Buffer.from(part, 'base64url').toString('utf8')))
}
