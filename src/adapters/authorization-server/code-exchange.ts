import type * as OAuth from 'oauth4webapi'
import {hostOf} from '../../domain/addresses.js'
import type {Account} from '../../domain/credential.js'
import {LoginFailedError} from '../../domain/errors/authentication.js'
import {RemoteError} from '../../domain/errors/remote.js'
import type {HttpAnswer} from '../../domain/http.js'
import {asRecord, asText, parseJson} from '../../domain/json.js'
import {printable} from '../../domain/printable.js'
import {Secret} from '../../domain/secret.js'
import {serverTrouble} from '../../domain/server-trouble.js'
import type {AuthorizationRequest} from './authorization-request.js'
import type {ServerMetadata} from './discovery.js'
import {oauthTransport, type Transport} from './oauth-transport.js'
import {whoSignedIn} from './who-signed-in.js'

/** What a token endpoint gave. */
export interface TokenSet {
  readonly accessToken: Secret
  readonly refreshToken: Secret | undefined
  readonly expiresAt: Date | undefined
  readonly scopes: readonly string[]
  /** Who signed in, when the server says so. */
  readonly account: Account | undefined
}

interface Exchange extends Transport {
  readonly metadata: ServerMetadata
  readonly clientId: string
  readonly request: AuthorizationRequest
  /** The scopes that were asked for: granted, when the answer does not say otherwise. */
  readonly scopes: readonly string[]
  /** The query of the redirect back. */
  readonly callback: Secret
  readonly now: Date
}

/**
 * Exchanges an authorization code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5).
 *
 * @returns tokens, with `expires_in` seconds turned into a `Date`
 * @throws {LoginFailedError} exit 64, when the server refuses the code
 * @throws {RemoteError} exit 69, when it cannot be reached or understood
 * @throws {RateLimitedError} exit 75
 */
export async function exchangeCode(exchange: Exchange): Promise<TokenSet> {
  const {metadata, clientId, request, now} = exchange
  const oauth = await import('oauth4webapi')
  const client = {client_id: clientId}
  let idToken: Secret | undefined
  let serverTime = now
  const look = (answer: HttpAnswer): string => {
    // A conforming library refuses the hosted service's ID token: it never sees it.
    const {id_token: token, ...rest} = tokensIn(answer, metadata.issuer)
    idToken = typeof token === 'string' ? new Secret(token) : undefined
    serverTime = dateOf(answer) ?? now
    return JSON.stringify(rest)
  }
  const response = await oauth.authorizationCodeGrantRequest(
    metadata.document,
    client,
    oauth.None(),
    validated(oauth, exchange),
    request.redirectUri,
    request.codeVerifier.reveal(),
    await oauthTransport(exchange, look),
  )
  const tokens = await oauth
    .processAuthorizationCodeResponse(metadata.document, client, response)
    .catch(() => {
      throw notUnderstood(metadata.issuer)
    })
  if (tokens.token_type !== 'bearer') throw notUnderstood(metadata.issuer)
  const {access_token: accessToken, refresh_token: refreshToken, expires_in: seconds} = tokens
  const secret = new Secret(accessToken)
  return {
    accessToken: secret,
    refreshToken: refreshToken === undefined ? undefined : new Secret(refreshToken),
    expiresAt: seconds === undefined ? undefined : instantAfter(now, seconds),
    scopes: tokens.scope?.split(' ').filter((scope) => scope !== '') ?? exchange.scopes,
    account: await whoSignedIn({...exchange, accessToken: secret, idToken, serverTime}),
  }
}

/** The library looks again at what was judged before; its own error would quote the callback. */
function validated(
  oauth: typeof OAuth,
  {metadata, clientId, request, callback}: Exchange,
): URLSearchParams {
  const query = new URLSearchParams(callback.reveal())
  try {
    return oauth.validateAuthResponse(
      metadata.document,
      {client_id: clientId},
      query,
      request.state,
    )
  } catch {
    throw notUnderstood(metadata.issuer)
  }
}

function dateOf({headers}: HttpAnswer): Date | undefined {
  const date = new Date(headers.date ?? NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** `undefined` where a server says more than a date can hold. */
function instantAfter(now: Date, seconds: number): Date | undefined {
  const instant = new Date(now.getTime() + seconds * 1000)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

function tokensIn(answer: HttpAnswer, issuer: string): Record<string, unknown> {
  const trouble = serverTrouble(answer, issuer)
  if (trouble !== undefined) throw trouble
  const body = asRecord(parseJson(answer.body))
  const error = asText(body?.error)
  if (error !== undefined) throw refused(issuer, error, asText(body?.error_description))
  if (answer.status !== 200 || body === undefined) throw notUnderstood(issuer)
  return body
}

function refused(issuer: string, error: string, description: string | undefined): LoginFailedError {
  const said = printable(description === undefined ? error : `${error}: ${description}`)
  return new LoginFailedError(`${hostOf(issuer)} refused the sign-in (${said}).`)
}

function notUnderstood(issuer: string): RemoteError {
  return new RemoteError(`The answer of ${hostOf(issuer)} to the sign-in was not understood.`)
}
