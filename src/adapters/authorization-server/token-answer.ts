import type {TokenEndpointResponse} from 'oauth4webapi'
import {hostOf} from '../../domain/network/addresses.js'
import type {Account} from '../../domain/credential/credential.js'
import {LoginFailedError} from '../../domain/errors/authentication.js'
import {answeredBy} from '../../domain/errors/server-facts.js'
import {RemoteError} from '../../domain/errors/remote.js'
import {type HttpAnswer, isSuccess} from '../../domain/network/http.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'
import {Secret} from '../../domain/credential/secret.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import type {ServerMetadata} from './discovery.js'
import type {Transport} from './oauth-transport.js'
import {type GivenTokens, sendable, tokenMembers, tokensOf} from './token-members.js'
import {whoSignedIn} from './who-signed-in.js'

/** The result of a token endpoint. */
export interface TokenSet extends GivenTokens {
  /** The requested scopes, where the answer names none. */
  readonly scopes: readonly string[]
  /** Who signed in, when the server says so. */
  readonly account: Account | undefined
}

/** What every sign-in at a token endpoint needs. */
export interface TokenRequest extends Transport {
  readonly metadata: ServerMetadata
  readonly clientId: string
  /** The requested scopes: granted, unless the answer says otherwise. */
  readonly scopes: readonly string[]
  readonly now: Date
  /** The expected nonce of an ID token, if it has one. */
  readonly nonce?: string | undefined
}

/** Reads one answer of a token endpoint, in two steps with the library in between. */
interface TokenAnswerReader {
  /**
   * Checks status and body, extracts the ID token, and returns the rest.
   *
   * @throws {LoginFailedError} exit 64, when the server refuses; {RemoteError} exit 69;
   *   {RateLimitedError} exit 75
   */
  readonly look: (answer: HttpAnswer) => string
  /**
   * Creates a token set from the library's result, and finds out who signed in.
   *
   * @returns tokens, with `expires_in` seconds turned into a `Date`
   * @throws {LoginFailedError} exit 64, when the ID token is invalid; {RemoteError} exit 69
   */
  readonly tokenSet: (processed: Promise<TokenEndpointResponse>) => Promise<TokenSet>
}

/** Creates a reader for one answer. */
export function tokenAnswerReader(signIn: TokenRequest): TokenAnswerReader {
  const {metadata, now} = signIn
  let idToken: Secret | undefined
  let serverTime = now
  return {
    look(answer) {
      // A conforming library rejects the hosted service's ID token, so it is removed before.
      const body = acceptedBody(answer, metadata.issuer)
      const token = asText(body.id_token)
      idToken = token === undefined ? undefined : new Secret(sendable(token, metadata.issuer))
      serverTime = dateOf(answer) ?? now
      return tokenMembers(body, metadata.issuer)
    },
    async tokenSet(processed) {
      const tokens = await tokensOf(processed, now, () => notUnderstood(metadata.issuer))
      const {accessToken, scopes} = tokens
      return {
        ...tokens,
        scopes: scopes ?? signIn.scopes,
        account: await whoSignedIn({...signIn, accessToken, idToken, serverTime}),
      }
    },
  }
}

/**
 * The JSON of a successful answer to a sign-in.
 *
 * @throws {LoginFailedError} exit 64, when it contains an `error` (RFC 6749 §5.2), whatever the
 *   status
 * @throws {RemoteError} exit 69, {RateLimitedError} exit 75
 */
export function acceptedBody(answer: HttpAnswer, issuer: string): Record<string, unknown> {
  const trouble = serverTrouble(answer, issuer)
  if (trouble !== undefined) throw trouble
  const body = asRecord(parseJson(answer.body))
  const error = asText(body?.error)
  if (error !== undefined) {
    const said = refusalText(error, asText(body?.error_description))
    const refusal = new LoginFailedError(`${hostOf(issuer)} refused the sign-in (${said}).`)
    throw answeredBy(answer, refusal)
  }
  if (!isSuccess(answer.status) || body === undefined) throw notUnderstood(issuer)
  return body
}

/** A refusal as printable text: the `error` code, and the description where present. */
export function refusalText(error: string, description: string | undefined): string {
  return printable(description === undefined ? error : `${error}: ${description}`)
}

/** A response to a sign-in that cannot be understood. */
export function notUnderstood(issuer: string): RemoteError {
  return new RemoteError(`The answer of ${hostOf(issuer)} to the sign-in was not understood.`)
}

function dateOf({headers}: HttpAnswer): Date | undefined {
  const date = new Date(headers.date ?? NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}
