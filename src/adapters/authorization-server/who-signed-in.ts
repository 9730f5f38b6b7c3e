import {parseUrl, isSafeUrl} from '../../domain/network/addresses.js'
import {SIGN_IN_LIMITS} from '../../domain/network/answer-limits.js'
import type {Account} from '../../domain/credential/credential.js'
import {LoginFailedError} from '../../domain/errors/authentication.js'
import {RemoteError} from '../../domain/errors/remote.js'
import {accountOf, hasNonce, readIdToken, signingAlgorithmOf} from '../../domain/login/id-token.js'
import {asRecord, parseJson} from '../../domain/text/json.js'
import type {Secret} from '../../domain/credential/secret.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import type {ServerMetadata} from './discovery.js'
import {oauthTransport, type Transport} from './oauth-transport.js'

const USERINFO_MS = 5000
const ASYMMETRIC = /^(RS|PS|ES)\d{3}$|^Ed(DSA|25519)$/

interface Question extends Transport {
  readonly metadata: ServerMetadata
  readonly clientId: string
  readonly accessToken: Secret
  readonly idToken: Secret | undefined
  /** The expected nonce of the ID token, if it has one. */
  readonly nonce?: string | undefined
  /** The server's time where its answer contains it: our clock may be off. */
  readonly serverTime: Date
}

/**
 * Who signed in (OpenID Connect Core §2, §5.3): the claims of the ID token, verified where its
 * algorithm is asymmetric and the server's keys are available; then the userinfo endpoint, where
 * there is one and the ID token contains no e-mail address.
 *
 * @returns `undefined` when the server does not say
 * @throws {LoginFailedError} exit 64, when a signature or a claim is wrong
 * @throws {RemoteError} exit 69, when an ID token is for another issuer or client, or expired
 */
export async function whoSignedIn(question: Question): Promise<Account | undefined> {
  const {idToken, clientId, nonce, serverTime} = question
  const {issuer} = question.metadata.document
  const algorithm = idToken && signingAlgorithmOf(idToken.reveal())
  if (idToken !== undefined && algorithm !== undefined && ASYMMETRIC.test(algorithm)) {
    await verify(question, idToken, algorithm)
  }
  const named = idToken && readIdToken(idToken.reveal(), {clientId, issuer, nonce, now: serverTime})
  if (named?.email !== undefined) return named
  const told = await askUserinfo(question).catch(unlessAborted(question))
  if (told === undefined || (named !== undefined && told.id !== named.id)) return named
  return told
}

/**
 * Fails for a wrong claim or signature; where the keys are unavailable, it returns without a
 * result.
 */
async function verify(question: Question, idToken: Secret, algorithm: string): Promise<void> {
  const {metadata, clientId, accessToken, nonce, serverTime} = question
  const keysAt = parseUrl(metadata.document.jwks_uri ?? '')
  if (keysAt === undefined || !isSafeUrl(keysAt, question.loopbackHttp)) return
  const oauth = await import('oauth4webapi')
  // The library uses the clock of this machine.
  const skewSeconds = Math.round((serverTime.getTime() - Date.now()) / 1000)
  const client = {
    client_id: clientId,
    // Where the metadata name no algorithm, the library would accept RS256 only.
    ...(metadata.document.id_token_signing_alg_values_supported === undefined && {
      id_token_signed_response_alg: algorithm,
    }),
    [oauth.clockSkew]: skewSeconds,
    [oauth.clockTolerance]: 60,
  }
  const body = {
    access_token: accessToken.reveal(),
    token_type: 'bearer',
    id_token: idToken.reveal(),
  }
  const response = new Response(JSON.stringify(body), {
    headers: {'content-type': 'application/json'},
  })
  const keys = {answer: true}
  const options = await oauthTransport(question, (answer) => {
    keys.answer = Array.isArray(asRecord(parseJson(answer.body))?.keys) && answer.status === 200
    return answer.body
  })
  try {
    await oauth.processAuthorizationCodeResponse(metadata.document, client, response, {
      // The hosted service drops it (contract 4.3): a missing one proves nothing.
      ...(nonce !== undefined && hasNonce(idToken.reveal()) && {expectedNonce: nonce}),
    })
    await oauth.validateApplicationLevelSignature(metadata.document, response, options)
  } catch (error) {
    if (!keys.answer || error instanceof RemoteError) return
    if (question.signal?.aborted === true) throw error
    throw new LoginFailedError(
      'The ID token of the server is not valid: its signature or a claim is wrong. Nothing was stored.',
      'Do not sign in to this server until its owner has checked it.',
      'ID_TOKEN_INVALID',
    )
  }
}

/** Missing information is not a failure, but a cancellation must not be lost. */
function unlessAborted({signal}: Question): (error: unknown) => undefined {
  return (error) => {
    if (signal?.aborted === true) throw error
  }
}

async function askUserinfo(question: Question): Promise<Account | undefined> {
  const {metadata, http, loopbackHttp, accessToken} = question
  const url = parseUrl(metadata.document.userinfo_endpoint ?? '')
  if (url === undefined || !isSafeUrl(url, loopbackHttp)) return undefined
  const answer = await http({
    method: 'GET',
    url,
    headers: {accept: 'application/json', authorization: `Bearer ${accessToken.reveal()}`},
    timeoutMs: USERINFO_MS,
    limits: SIGN_IN_LIMITS,
    signal: question.signal,
  })
  if (answer.status !== 200 || serverTrouble(answer, metadata.issuer) !== undefined)
    return undefined
  return accountOf(asRecord(parseJson(answer.body)))
}
