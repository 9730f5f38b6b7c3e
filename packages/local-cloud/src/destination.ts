import {parseUrl} from './parse-url.js'

/** Where a sign-in leads to, and the query that keeps it while the page is shown. */
export interface Destination {
  readonly location: string
  /** Query of the sign-in page, without `?`. Empty when it leads home. */
  readonly query: string
  /** The client that waits for an answer, when there is one. */
  readonly clientId: string | undefined
  /** What the library wants back with the sign-in; then it says itself where to go. */
  readonly signedQuery?: string
}

interface Place {
  readonly base: string
  readonly server: {readDetour(query: URLSearchParams): Destination | undefined}
}

/**
 * Reads the query of the sign-in page: an authorization request that took the detour, or `next`, a
 * path on this site. Anything else leads home.
 */
export function readDestination(query: URLSearchParams, {base, server}: Place): Destination {
  const detour = server.readDetour(query)
  if (detour !== undefined) return detour
  const next = sameOriginPath(query.get('next'), base)
  if (next === undefined) return {location: '/', query: '', clientId: undefined}
  return {location: next, query: new URLSearchParams({next}).toString(), clientId: undefined}
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
