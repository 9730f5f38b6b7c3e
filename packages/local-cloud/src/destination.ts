import {parseUrl} from './parse-url.js'

/** Where a sign-in leads, and the query that carries it while the page is shown. */
export interface Destination {
  readonly location: string
  /** Query of the sign-in page, without `?`. Empty when it leads to the home page. */
  readonly query: string
  /** The waiting client, if there is one. */
  readonly clientId: string | undefined
  /** The query that the library needs with the sign-in; then its answer says where to go. */
  readonly signedQuery?: string
}

interface Place {
  readonly base: string
  readonly server: {readDetour(query: URLSearchParams): Destination | undefined}
}

/**
 * Reads the query of the sign-in page: an authorization request that was redirected here, or
 * `next`, a path on this site. Anything else leads to the home page.
 */
export function readDestination(query: URLSearchParams, {base, server}: Place): Destination {
  const detour = server.readDetour(query)
  if (detour !== undefined) return detour
  const next = sameOriginPath(query.get('next'), base)
  if (next === undefined) return {location: '/', query: '', clientId: undefined}
  return {location: next, query: new URLSearchParams({next}).toString(), clientId: undefined}
}

/**
 * @returns a path of this site, normalised; `undefined` for anything that a browser resolves
 *   elsewhere
 */
function sameOriginPath(next: string | null, base: string): string | undefined {
  const url = next?.startsWith('/') ? parseUrl(next, base) : undefined
  if (url === undefined) return
  const {origin, pathname, search, hash} = url
  // `/.//host` has this origin, but its normalised path does not.
  if (origin !== base || pathname.startsWith('//')) return
  return pathname + search + hash
}
