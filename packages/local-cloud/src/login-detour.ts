import {parseUrl} from './parse-url.js'

/** What the sign-in page carries back to the authorization endpoint; `nonce` is lost (contract 4.3). */
const SURVIVORS = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'resource',
])
const AUTHORIZE = '/api/auth/mcp/authorize'

/** Where a sign-in leads to, and the query that keeps it while the page is shown. */
export interface Destination {
  readonly location: string
  /** Query of the sign-in page, without `?`. Empty when it leads home. */
  readonly query: string
  /** The client that waits for an answer, when there is one. */
  readonly clientId: string | undefined
}

/**
 * Reads the query of the sign-in page: an authorization request that took the detour, or `next`, a
 * path on this site. Anything else leads home.
 */
export function readDestination(query: URLSearchParams, base: string): Destination {
  const clientId = query.get('client_id') ?? undefined
  if (clientId !== undefined) {
    const kept = new URLSearchParams([...query].filter(([name]) => SURVIVORS.has(name)))
    const survivors = kept.toString()
    return {location: `${AUTHORIZE}?${survivors}`, query: survivors, clientId}
  }
  const next = sameOriginPath(query.get('next'), base)
  if (next === undefined) return {location: '/', query: '', clientId}
  return {location: next, query: new URLSearchParams({next}).toString(), clientId}
}

/** @returns a path of this site, normalised; `undefined` for whatever a browser takes elsewhere */
function sameOriginPath(next: string | null, base: string): string | undefined {
  const url = next?.startsWith('/') ? parseUrl(next, base) : undefined
  if (url === undefined) return
  const {origin, pathname, search, hash} = url
  // `/.//host` is of this origin, but its normalised path is not.
  if (origin !== base || pathname.startsWith('//')) return
  return pathname + search + hash
}
