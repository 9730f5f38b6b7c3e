import {hostOf} from '../../domain/network/addresses.js'
import {TOKEN_LIMITS} from '../../domain/network/answer-limits.js'
import type {OAuthCredential} from '../../domain/credential/credential.js'
import {RefreshRefusedError} from '../../domain/errors/authentication.js'
import {answeredBy} from '../../domain/errors/server-facts.js'
import {RemoteError} from '../../domain/errors/remote.js'
import {type HttpAnswer, isSuccess} from '../../domain/network/http.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import type {ServerMetadata} from './discovery.js'
import {oauthTransport, type Transport} from './oauth-transport.js'
import {refusalText} from './token-answer.js'
import {tokenMembers, tokensOf} from './token-members.js'

interface Refresh extends Transport {
  readonly metadata: ServerMetadata
  readonly now: Date
}

/**
 * Exchanges a refresh token for new tokens (RFC 6749 §6). An answer without a refresh token means
 * that the old one stays valid; an ID token in it is ignored.
 *
 * @returns the same login with its new values
 * @throws {RefreshRefusedError} exit 64: `invalid_grant`, or an empty 400 or 401 (contract 4.7).
 *   Only that ends a sign-in
 * @throws {RemoteError} exit 69, {RateLimitedError} exit 75: everything else
 */
export async function refreshTokens(
  login: OAuthCredential,
  {metadata, now, ...transport}: Refresh,
): Promise<OAuthCredential> {
  const {refreshToken} = login
  if (refreshToken === undefined) throw new Error('There is no refresh token.')
  const oauth = await import('oauth4webapi')
  const client = {client_id: login.clientId}
  const response = await oauth.refreshTokenGrantRequest(
    metadata.document,
    client,
    oauth.None(),
    refreshToken.reveal(),
    await oauthTransport(transport, (answer) => tokensIn(answer, metadata.issuer), TOKEN_LIMITS),
  )
  const {scopes, ...tokens} = await tokensOf(
    oauth.processRefreshTokenResponse(metadata.document, client, response),
    now,
    () => notUnderstood(metadata.issuer),
  )
  return {
    ...login,
    ...tokens,
    refreshToken: tokens.refreshToken ?? refreshToken,
    scopes: scopes ?? login.scopes,
    obtainedAt: now,
    rejected: undefined,
  }
}

/** Checks status and body before the library does, whose errors say less. */
function tokensIn(answer: HttpAnswer, issuer: string): string {
  const trouble = serverTrouble(answer, issuer)
  if (trouble !== undefined) throw trouble
  const {status} = answer
  const body = asRecord(parseJson(answer.body))
  const error = asText(body?.error)
  if (error === 'invalid_grant') {
    const why = refusalText(error, asText(body?.error_description))
    throw answeredBy(answer, refused(issuer, why))
  }
  if ((status === 400 || status === 401) && answer.body.trim() === '') {
    throw answeredBy(answer, refused(issuer, `it answers ${status}, and nothing else`))
  }
  if (error !== undefined) {
    const said = refusalText(error, asText(body?.error_description))
    throw new RemoteError(
      `${hostOf(issuer)} did not refresh the login (${said}). It is kept.`,
      'Try again; if the problem persists, run `mogplex login`.',
    )
  }
  if (!isSuccess(status) || body === undefined) throw notUnderstood(issuer)
  return tokenMembers(body, issuer)
}

function refused(issuer: string, why: string): RefreshRefusedError {
  return new RefreshRefusedError(hostOf(issuer), printable(why))
}

function notUnderstood(issuer: string): RemoteError {
  return new RemoteError(
    `The answer of ${hostOf(issuer)} to the refresh of the login was not understood. The login is kept.`,
  )
}
