import type {AuthorizationServer} from 'oauth4webapi'
import {hostOf, isSafeUrl, parseUrl} from '../../domain/network/addresses.js'
import {LONGEST_ADDRESS} from '../../domain/network/answer-limits.js'
import {RemoteError} from '../../domain/errors/remote.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import {oauthTransport, type Transport} from './oauth-transport.js'

/** The metadata of an authorization server, as far as we use it. */
export interface ServerMetadata {
  /** The requested address, without a trailing slash. */
  readonly issuer: string
  readonly authorizationEndpoint: URL
  readonly revocationEndpoint: URL | undefined
  /** The device authorization endpoint (RFC 8628 §3.1). */
  readonly deviceAuthorizationEndpoint: URL | undefined
  /** The redirect carries `iss` (RFC 9207 §3). */
  readonly issPromised: boolean
  /** In the form that oauth4webapi expects. */
  readonly document: AuthorizationServer
}

type EndpointName =
  | 'authorization_endpoint'
  | 'device_authorization_endpoint'
  | 'revocation_endpoint'
  | 'token_endpoint'

/**
 * Finds an authorization server's endpoints: RFC 8414 §3, otherwise OpenID Connect Discovery §4.
 *
 * @param issuer - the configured address
 * @throws {RemoteError} exit 69: no document, another issuer's document, endpoints missing or not
 *   https
 * @throws {UnreachableError} exit 69, {RateLimitedError} exit 75
 */
export async function discover(issuer: string, transport: Transport): Promise<ServerMetadata> {
  if (!isSafeUrl(new URL(issuer), transport.loopbackHttp)) {
    throw new RemoteError(`${hostOf(issuer)} was not asked: its address is not https.`)
  }
  const found = await findDocument(issuer, transport)
  if (found === undefined) {
    throw new RemoteError(
      `${hostOf(issuer)} does not say how to sign in: it has no authorization server metadata.`,
      'Check MOGPLEX_URL and MOGPLEX_ISSUER.',
    )
  }
  if (
    withoutSlash(found.issuer) !== issuer &&
    !(await vouchesForItself(issuer, found, transport))
  ) {
    throw new RemoteError(
      `${hostOf(issuer)} names another issuer in its metadata, so its answer is not used.`,
      'Check MOGPLEX_ISSUER: it must be the issuer itself.',
    )
  }
  const endpoint = (name: EndpointName): URL | undefined => {
    const url = addressIn(found[name])
    return url !== undefined && isSafeUrl(url, transport.loopbackHttp) ? url : undefined
  }
  const authorizationEndpoint = endpoint('authorization_endpoint')
  if (authorizationEndpoint === undefined || endpoint('token_endpoint') === undefined) {
    throw new RemoteError(
      `${hostOf(issuer)} names no usable authorization and token endpoint in its metadata.`,
      'Check MOGPLEX_URL and MOGPLEX_ISSUER.',
    )
  }
  return {
    issuer,
    authorizationEndpoint,
    revocationEndpoint: endpoint('revocation_endpoint'),
    deviceAuthorizationEndpoint: endpoint('device_authorization_endpoint'),
    issPromised: found.authorization_response_iss_parameter_supported === true,
    document: found,
  }
}

/**
 * An issuer that is the requested address plus a path counts only when the document at that
 * issuer's well-known address agrees (contract 4.8).
 */
async function vouchesForItself(
  issuer: string,
  {issuer: named}: AuthorizationServer,
  transport: Transport,
): Promise<boolean> {
  if (!named.startsWith(`${issuer}/`)) return false
  const own = await findDocument(withoutSlash(named), transport)
  return own !== undefined && withoutSlash(own.issuer) === withoutSlash(named)
}

async function findDocument(
  issuer: string,
  transport: Transport,
): Promise<AuthorizationServer | undefined> {
  return (await ask(issuer, 'oauth2', transport)) ?? (await ask(issuer, 'oidc', transport))
}

/** One well-known address. A 404, a redirect or a 200 that is not JSON means "no document". */
async function ask(
  issuer: string,
  algorithm: 'oauth2' | 'oidc',
  transport: Transport,
): Promise<AuthorizationServer | undefined> {
  const oauth = await import('oauth4webapi')
  const options = await oauthTransport(transport, (answer) => {
    const trouble = serverTrouble(answer, issuer)
    if (trouble !== undefined) throw trouble
    return answer.body
  })
  const response = await oauth.discoveryRequest(new URL(issuer), {algorithm, ...options})
  if (response.status !== 200) return undefined
  const named = addressIn(asRecord(parseJson(await response.clone().text()))?.issuer)
  // The caller checks whether this is the requested issuer.
  return named && oauth.processDiscoveryResponse(named, response)
}

function addressIn(value: unknown): URL | undefined {
  const text = asText(value)
  return text === undefined || text.length > LONGEST_ADDRESS ? undefined : parseUrl(text)
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '')
}
