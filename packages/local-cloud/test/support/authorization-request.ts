import {createHash} from 'node:crypto'

export const VERIFIER = 'a-code-verifier-that-is-long-enough-for-rfc-7636-0'
export const REDIRECT_URI = 'http://127.0.0.1:24816/auth/callback'
export const STATE = 'state-made-by-the-client'
export const EVERY_SCOPE = 'openid profile email offline_access read write'

const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

/** Parameters to change; `undefined` omits one. */
export type Changes = Record<string, string | undefined>

function withChanges(usual: Record<string, string>, changes: Changes): URLSearchParams {
  const kept = Object.entries({...usual, ...changes}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return new URLSearchParams(Object.fromEntries(kept))
}

/** The authorization URL that the CLI sends, with some parameters changed. */
export function authorizationUrl(
  base: string,
  changes: Changes = {},
  path = '/api/auth/mcp/authorize',
): string {
  const query = withChanges(
    {
      response_type: 'code',
      client_id: 'mogplex-cli',
      redirect_uri: REDIRECT_URI,
      scope: EVERY_SCOPE,
      state: STATE,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    },
    changes,
  )
  return `${base}${path}?${query}`
}

/** Sends the form that exchanges a code, with some fields changed. */
export function exchange(base: string, code: string, changes: Changes = {}): Promise<Response> {
  const usual = {
    grant_type: 'authorization_code',
    client_id: 'mogplex-cli',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  }
  return postToken(base, withChanges(usual, changes))
}

/** Sends the form that refreshes, with some fields changed. */
export function refresh(base: string, token: string, changes: Changes = {}): Promise<Response> {
  const usual = {grant_type: 'refresh_token', client_id: 'mogplex-cli', refresh_token: token}
  return postToken(base, withChanges(usual, changes))
}

export function postToken(base: string, body: URLSearchParams): Promise<Response> {
  return fetch(`${base}/api/auth/mcp/token`, {method: 'POST', body})
}

/** A JSON object, checked. */
export async function readObject(response: Response): Promise<Record<string, unknown>> {
  const value: unknown = await response.json()
  if (typeof value !== 'object' || value === null) throw new Error('not an object')
  return {...value}
}
