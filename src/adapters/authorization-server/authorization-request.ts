import {Secret} from '../../domain/credential/secret.js'
import type {ServerMetadata} from './discovery.js'

/** An authorization request in progress, and what its answer must match. */
export interface AuthorizationRequest {
  readonly url: URL
  readonly redirectUri: string
  readonly state: string
  readonly codeVerifier: Secret
  /** Where an ID token is requested. */
  readonly nonce: string | undefined
}

/**
 * Creates an authorization request (RFC 6749 §4.1.1) with PKCE S256 (RFC 7636 §4.3), and with a
 * nonce where it requests an ID token (OpenID Connect Core §3.1.2.1): some servers refuse it
 * without one.
 *
 * @param scopes - the requested scopes
 */
export async function makeAuthorizationRequest(
  {authorizationEndpoint}: ServerMetadata,
  {
    clientId,
    scopes,
    redirectUri,
  }: {clientId: string; scopes: readonly string[]; redirectUri: string},
): Promise<AuthorizationRequest> {
  const oauth = await import('oauth4webapi')
  const codeVerifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = scopes.includes('openid') ? oauth.generateRandomNonce() : undefined
  const url = new URL(authorizationEndpoint)
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(nonce !== undefined && {nonce}),
    // Without it a conforming server omits `offline_access` (OpenID Connect Core §11).
    ...(scopes.includes('offline_access') && {prompt: 'consent'}),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return {url, redirectUri, state, codeVerifier: new Secret(codeVerifier), nonce}
}
