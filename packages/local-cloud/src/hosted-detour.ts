import type {Destination} from './destination.js'

/**
 * What the sign-in page passes back to the authorization endpoint; `nonce` is lost (contract 4.3).
 */
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

/** Reads an authorization request that was redirected through the sign-in page, if it is one. */
export function readHostedDetour(
  query: URLSearchParams,
  authorizationPath: string,
): Destination | undefined {
  const clientId = query.get('client_id') ?? undefined
  if (clientId === undefined) return
  const kept = new URLSearchParams([...query].filter(([name]) => SURVIVORS.has(name)))
  const survivors = kept.toString()
  return {location: `${authorizationPath}?${survivors}`, query: survivors, clientId}
}
