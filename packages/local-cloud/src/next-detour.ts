import type {Destination} from './destination.js'

/** What our own pages add to a query. */
const OURS = ['account']

/**
 * Reads an authorization request that the library has signed, and sent to the page for signing in or
 * for consent. Pages hand the query back as it came: a letter more, and the signature is wrong.
 */
export function readNextDetour(query: URLSearchParams): Destination | undefined {
  if (!query.has('sig')) return
  const kept = new URLSearchParams(query)
  for (const name of OURS) kept.delete(name)
  const signedQuery = kept.toString()
  const clientId = query.get('client_id') ?? undefined
  return {location: '/', query: signedQuery, clientId, signedQuery}
}
