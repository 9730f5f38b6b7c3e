import type {Account} from './credential.js'
import {RemoteError} from './errors/remote.js'
import {asRecord, asText, parseJson} from './json.js'
import {printable} from './printable.js'

/** What an ID token must fit. `now` is best the server's own time: our clock may be off. */
export interface Expectation {
  readonly clientId: string
  readonly now: Date
}

/**
 * Who signed in, from the claims of an ID token (OpenID Connect Core §2) that came over TLS
 * straight from the token endpoint. Its signature is not looked at here: the hosted service signs
 * with a key that nobody can know (contract 4.5). The claims are for display, they grant nothing.
 *
 * @returns the account, or `undefined` when the token is no JWT or names nobody
 * @throws {RemoteError} exit 69, when it was made for another client or is over
 */
export function readIdToken(idToken: string, {clientId, now}: Expectation): Account | undefined {
  const claims = partOf(idToken, 1)
  const account = accountOf(claims)
  if (claims === undefined || account === undefined) return undefined
  const {aud, exp} = claims
  const audience: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audience.includes(clientId)) {
    throw new RemoteError('The ID token was made for another client; the login was not stored.')
  }
  if (typeof exp !== 'number' || exp * 1000 <= now.getTime()) {
    throw new RemoteError('The ID token is over already; the login was not stored.')
  }
  return account
}

/** The account that claims name (OpenID Connect Core §5.1); none without a subject. */
export function accountOf(claims: Record<string, unknown> | undefined): Account | undefined {
  const id = shown(claims?.sub)
  const email = shown(claims?.email)
  const name = shown(claims?.name)
  if (id === undefined) return undefined
  return {id, ...(email !== undefined && {email}), ...(name !== undefined && {name})}
}

/** A claim as it may be shown; what holds nothing that can be shown is absent. */
function shown(claim: unknown): string | undefined {
  const text = printable(asText(claim) ?? '')
  return text === '' ? undefined : text
}

/** With which algorithm a JWT says that it is signed (RFC 7515 §4.1.1). */
export function signingAlgorithmOf(jwt: string): string | undefined {
  return asText(partOf(jwt, 0)?.alg)
}

function partOf(jwt: string, index: number): Record<string, unknown> | undefined {
  const part = jwt.split('.')[index] ?? ''
  return asRecord(parseJson(Buffer.from(part, 'base64url').toString('utf8')))
}
