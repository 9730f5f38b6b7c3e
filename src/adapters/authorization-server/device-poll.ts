import {TOKEN_LIMITS} from '../../domain/network/answer-limits.js'
import {UnreachableError} from '../../domain/errors/remote.js'
import type {HttpAnswer} from '../../domain/network/http.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import type {Secret} from '../../domain/credential/secret.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import {oauthTransport, type Transport} from './oauth-transport.js'
import {refusalText, type TokenRequest, tokenAnswerReader, type TokenSet} from './token-answer.js'

/** The result of one poll (RFC 8628 §3.5). The texts are printable. */
export type PollAnswer =
  | {readonly kind: 'denied'; readonly text: string}
  | {readonly kind: 'expired'}
  | {readonly kind: 'pending'}
  | {readonly kind: 'slow-down'}
  | {readonly kind: 'tokens'; readonly tokens: TokenSet}
  | {
      readonly kind: 'trouble'
      readonly why: string
      readonly retryAfterSeconds?: number | undefined
    }

interface Poll extends TokenRequest {
  readonly deviceCode: Secret
  /** Limits the poll itself. */
  readonly timeoutMs: number
}

/**
 * Requests the tokens once (RFC 8628 §3.4).
 *
 * @throws {LoginFailedError} exit 64, when the server refuses with an error that polling does not
 *   expect
 * @throws {RemoteError} exit 69, when it is not understood
 */
export async function pollForTokens(poll: Poll): Promise<PollAnswer> {
  const {metadata, clientId, deviceCode, timeoutMs} = poll
  const oauth = await import('oauth4webapi')
  const client = {client_id: clientId}
  const answer = tokenAnswerReader(poll)
  const seen: {outcome?: PollAnswer | undefined} = {}
  const look = (told: HttpAnswer): string => {
    seen.outcome = outcomeOf(told, metadata.issuer)
    return seen.outcome === undefined ? answer.look(told) : told.body
  }
  const transport: Transport = {...poll, http: async (it) => poll.http({...it, timeoutMs})}
  const options = await oauthTransport(transport, look, TOKEN_LIMITS)
  const response = await oauth
    .deviceCodeGrantRequest(metadata.document, client, oauth.None(), deviceCode.reveal(), options)
    .catch((error: unknown): PollAnswer => {
      if (error instanceof UnreachableError) return {kind: 'trouble', why: error.message}
      throw error
    })
  if (!(response instanceof Response)) return response
  if (seen.outcome !== undefined) return seen.outcome
  const processed = oauth.processDeviceCodeResponse(metadata.document, client, response)
  return {kind: 'tokens', tokens: await answer.tokenSet(processed)}
}

/** Anything but tokens or a final refusal. The `error` counts, whatever the status. */
function outcomeOf(answer: HttpAnswer, issuer: string): PollAnswer | undefined {
  const body = asRecord(parseJson(answer.body))
  const error = asText(body?.error)
  if (error === 'authorization_pending') return {kind: 'pending'}
  if (error === 'slow_down') return {kind: 'slow-down'}
  if (error === 'expired_token') return {kind: 'expired'}
  if (error === 'access_denied') {
    return {kind: 'denied', text: refusalText(error, asText(body?.error_description))}
  }
  const trouble = serverTrouble(answer, issuer)
  if (trouble === undefined) return undefined
  const wait = 'retryAfterSeconds' in trouble ? trouble.retryAfterSeconds : undefined
  return {kind: 'trouble', why: trouble.message, retryAfterSeconds: wait}
}
