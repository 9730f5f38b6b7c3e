import {expect} from 'chai'
import type {LocalCloud} from '../../src/index.js'
import {
  authorizationUrl,
  readObject,
  REDIRECT_URI,
  VERIFIER,
  type Changes,
} from './authorization-request.js'

export const ADA = 'ada@example.test'
export const GRACE = 'grace@example.test'

/** The authorization URL that the CLI sends to the next version, with some parameters changed. */
export function nextUrl(base: string, changes: Changes = {}): string {
  return authorizationUrl(base, {prompt: 'consent', ...changes}, '/api/auth/oauth2/authorize')
}

/** Sends a form as the CLI to an endpoint below `/api/auth/oauth2`. */
export function postNext(
  base: string,
  endpoint: 'token' | 'revoke',
  fields: Record<string, string>,
): Promise<Response> {
  const body = new URLSearchParams({client_id: 'mogplex-cli', ...fields})
  return fetch(`${base}/api/auth/oauth2/${endpoint}`, {method: 'POST', body})
}

/** Exchanges a code, with some fields changed. */
export function exchangeNext(
  base: string,
  code: string | null,
  changes: Record<string, string> = {},
): Promise<Response> {
  return postNext(base, 'token', {
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
    ...changes,
  })
}

export function refreshNext(base: string, refresh_token = '', scope?: string): Promise<Response> {
  const fields = {grant_type: 'refresh_token', refresh_token, ...(scope !== undefined && {scope})}
  return postNext(base, 'token', fields)
}

/** Whether the API accepts an access token. */
export async function works({url}: LocalCloud, accessToken: unknown): Promise<boolean> {
  const headers = {authorization: `Bearer ${String(accessToken)}`}
  return (await fetch(`${url}/api/v1/mogplex/repos`, {headers})).ok
}

/** Expects an error of RFC 6749 §5.2. */
export async function expectOAuthError(
  response: Response,
  status: number,
  error: string,
): Promise<void> {
  expect((await readObject(response)).error).to.equal(error)
  expect(response.status).to.equal(status)
}
