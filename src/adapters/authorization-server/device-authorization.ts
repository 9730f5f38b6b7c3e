import {hostOf, isSafeUrl, parseUrl} from '../../domain/network/addresses.js'
import {LONGEST_ADDRESS} from '../../domain/network/answer-limits.js'
import {RemoteError} from '../../domain/errors/remote.js'
import type {HttpAnswer} from '../../domain/network/http.js'
import {Secret} from '../../domain/credential/secret.js'
import {oauthTransport, type Transport} from './oauth-transport.js'
import {acceptedBody, notUnderstood, type TokenRequest} from './token-answer.js'

const DEFAULT_INTERVAL_SECONDS = 5
// A timer of more than 24 days fires immediately.
const LONGEST_WAIT_SECONDS = 86_400
const USER_CODE = /^[!-~]+(?: [!-~]+)*$/
const LONGEST_USER_CODE = 64

/** What a person needs to sign in on another device (RFC 8628 §3.2). */
export interface DeviceAuthorization {
  readonly deviceCode: Secret
  /** As the server grouped it; printable ASCII, at most 64 characters. */
  readonly userCode: string
  /** At the issuer, like all addresses here. */
  readonly verificationUri: URL
  /** The same with the code in it. */
  readonly verificationUriComplete: URL | undefined
  readonly expiresInSeconds: number
  /** The minimum time between two polls. */
  readonly intervalSeconds: number
}

/**
 * Requests a device code and a user code (RFC 8628 §3.1).
 *
 * @throws {LoginFailedError} exit 64, when the server refuses
 * @throws {RemoteError} exit 69: unreachable, not understood, or a verification address that is not
 *   the issuer's
 * @throws {RateLimitedError} exit 75
 */
export async function requestDeviceAuthorization(
  signIn: Pick<TokenRequest, 'clientId' | 'metadata' | 'scopes'> & Transport,
): Promise<DeviceAuthorization> {
  const {metadata, clientId, scopes} = signIn
  const {issuer, document} = metadata
  const oauth = await import('oauth4webapi')
  const client = {client_id: clientId}
  const seen = {interval: undefined as unknown}
  const look = (answer: HttpAnswer): string => {
    // The library rejects an interval of 0, or a quoted one: not a reason to reject the sign-in.
    const {interval, ...rest} = acceptedBody(answer, issuer)
    seen.interval = interval
    return JSON.stringify(rest)
  }
  const response = await oauth.deviceAuthorizationRequest(
    document,
    client,
    oauth.None(),
    {scope: scopes.join(' ')},
    await oauthTransport(signIn, look),
  )
  const told = await oauth
    .processDeviceAuthorizationResponse(document, client, response)
    .catch(() => {
      throw notUnderstood(issuer)
    })
  if (!USER_CODE.test(told.user_code) || told.user_code.length > LONGEST_USER_CODE) {
    throw notUnderstood(issuer)
  }
  const complete = told.verification_uri_complete
  return {
    deviceCode: new Secret(told.device_code),
    userCode: told.user_code,
    verificationUri: ownAddress(told.verification_uri, signIn),
    verificationUriComplete: complete === undefined ? undefined : ownAddress(complete, signIn),
    expiresInSeconds: Math.min(told.expires_in, LONGEST_WAIT_SECONDS),
    intervalSeconds: intervalOf(seen.interval),
  }
}

/** People are sent only to the issuer itself; for any other address only its host is named. */
function ownAddress(
  text: string,
  {metadata: {issuer}, loopbackHttp}: Pick<TokenRequest, 'loopbackHttp' | 'metadata'>,
): URL {
  const url = text.length > LONGEST_ADDRESS ? undefined : parseUrl(text)
  if (url === undefined) throw notUnderstood(issuer)
  if (url.origin === new URL(issuer).origin && isSafeUrl(url, loopbackHttp)) return url
  const where = url.host === '' ? 'something that is not a web address' : url.host
  throw new RemoteError(
    `${hostOf(issuer)} wants the code entered at ${where}, which is not its own https address.`,
    'Run `mogplex login`, and tell the owner of the server.',
  )
}

function intervalOf(told: unknown): number {
  const seconds = typeof told === 'string' ? Number(told) : told
  const isUsable = typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0
  return isUsable ? seconds : DEFAULT_INTERVAL_SECONDS
}
