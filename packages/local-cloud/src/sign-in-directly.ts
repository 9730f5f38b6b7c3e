import {createHash, randomBytes} from 'node:crypto'
import type {Browser} from './browser.js'
import {CLIENT_ID, redirectUris} from './oauth-client.js'
import type {Site} from './site.js'

/** The answer of the token endpoint (RFC 6749 §5.1). `expires_in` is in seconds. */
export interface TokenResponse {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly scope: string
  readonly refresh_token?: string
  readonly id_token?: string
}

const EVERY_SCOPE = 'openid profile email offline_access read write'

/**
 * Signs in through the whole flow, with PKCE, for tests that start signed in.
 *
 * @throws {Error} naming `error` of the redirect or the status of the token endpoint
 */
export async function signInDirectly(
  {base, server}: Site,
  browser: Browser,
  scope = EVERY_SCOPE,
): Promise<TokenResponse> {
  const [redirectUri = ''] = redirectUris()
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    scope,
    state: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const {authorization, token} = server.endpoints
  const {searchParams} = await browser.authorize(`${base}${authorization}?${query.toString()}`)
  const code = searchParams.get('code')
  if (code === null) throw new Error(`The sign-in ended with ${searchParams.get('error')}.`)
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: CLIENT_ID,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  const response = await fetch(base + token, {method: 'POST', body})
  const answer: unknown = await response.json()
  if (!isTokenResponse(answer)) throw new Error(`The token endpoint answered ${response.status}.`)
  return answer
}

function isTokenResponse(value: unknown): value is TokenResponse {
  if (typeof value !== 'object' || value === null) return false
  return 'access_token' in value && typeof value.access_token === 'string'
}
