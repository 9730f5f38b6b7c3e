import type * as OAuth from 'oauth4webapi'
import {TOKEN_LIMITS} from '../../domain/network/answer-limits.js'
import type {CodeCallback} from '../../domain/login/callback-rules.js'
import type {AuthorizationRequest} from './authorization-request.js'
import {oauthTransport} from './oauth-transport.js'
import {notUnderstood, type TokenRequest, tokenAnswerReader, type TokenSet} from './token-answer.js'

export type {TokenSet} from './token-answer.js'

interface Exchange extends TokenRequest {
  readonly request: Omit<AuthorizationRequest, 'url'>
  /** The parameters of the redirect. */
  readonly callback: Omit<CodeCallback, 'kind'>
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
  const {metadata, clientId, request} = exchange
  const oauth = await import('oauth4webapi')
  const client = {client_id: clientId}
  const answer = tokenAnswerReader({...exchange, nonce: request.nonce})
  const response = await oauth.authorizationCodeGrantRequest(
    metadata.document,
    client,
    oauth.None(),
    validated(oauth, exchange),
    request.redirectUri,
    request.codeVerifier.reveal(),
    await oauthTransport(exchange, answer.look, TOKEN_LIMITS),
  )
  return answer.tokenSet(
    oauth.processAuthorizationCodeResponse(metadata.document, client, response),
  )
}

/** The library repeats our checks; its error would quote the callback. */
function validated(
  oauth: typeof OAuth,
  {metadata, clientId, request, callback}: Exchange,
): URLSearchParams {
  const {code, state, iss} = callback
  const query = new URLSearchParams({code: code.reveal(), state: state.reveal()})
  if (iss !== undefined) query.set('iss', iss)
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
