import {hostOf} from '../../domain/network/addresses.js'
import type {OAuthCredential} from '../../domain/credential/credential.js'
import {RemoteError} from '../../domain/errors/remote.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import type {ServerMetadata} from './discovery.js'
import {oauthTransport, type Transport} from './oauth-transport.js'

/** Servers' answers for an unknown token, where RFC 7009 §2.2 requires a 200. */
const UNKNOWN_TOKEN = new Set(['invalid_request', 'invalid_token'])

/**
 * Revokes a sign-in at its server (RFC 7009 §2.1): the refresh token first, then the access token.
 * Many servers revoke both at once, and some of those refuse the second request: it is gone.
 *
 * @returns `false` when the server has no revocation endpoint
 * @throws {RemoteError} exit 69, when it fails; {RateLimitedError} exit 75
 */
export async function revoke(
  {clientId, refreshToken, accessToken}: OAuthCredential,
  {metadata, ...transport}: Transport & {metadata: ServerMetadata},
): Promise<boolean> {
  if (metadata.revocationEndpoint === undefined) return false
  const oauth = await import('oauth4webapi')
  const options = await oauthTransport(transport, (answer) => {
    const trouble = serverTrouble(answer, metadata.issuer)
    if (trouble !== undefined) throw trouble
    return answer.body
  })
  const tokens = [
    {token: refreshToken, hint: 'refresh_token'},
    {token: accessToken, hint: 'access_token'},
  ]
  let refreshTokenRevoked = false
  for (const {token, hint} of tokens) {
    if (token === undefined) continue
    const response = await oauth.revocationRequest(
      metadata.document,
      {client_id: clientId},
      oauth.None(),
      token.reveal(),
      {additionalParameters: {token_type_hint: hint}, ...options},
    )
    const isGone = refreshTokenRevoked && (await saysUnknown(response))
    if (!response.ok && !isGone) {
      throw new RemoteError(`${hostOf(metadata.issuer)} answers ${response.status}.`)
    }
    refreshTokenRevoked = true
  }
  return true
}

async function saysUnknown(response: Response): Promise<boolean> {
  if (response.status !== 400) return false
  const error = asText(asRecord(parseJson(await response.text()))?.error)
  return error !== undefined && UNKNOWN_TOKEN.has(error)
}
