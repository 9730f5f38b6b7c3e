import type {Destination} from './destination.js'

/** The parameters that our own pages add to a query. */
const OURS = ['account']

/**
 * Reads an authorization request that the library has signed, and redirected to the page for
 * signing in or for consent. Pages return the query unchanged: one more character makes the
 * signature wrong.
 */
export function readNextDetour(query: URLSearchParams): Destination | undefined {
  if (!query.has('sig')) return
  const kept = new URLSearchParams(query)
  for (const name of OURS) kept.delete(name)
  const signedQuery = kept.toString()
  const clientId = query.get('client_id') ?? undefined
  return {location: '/', query: signedQuery, clientId, signedQuery}
}
