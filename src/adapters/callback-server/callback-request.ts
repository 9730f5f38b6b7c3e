import type {IncomingMessage} from 'node:http'

// A code may be long, but not 16 KB.
const MAX_TARGET_LENGTH = 16 * 1024
const PREFETCH_HEADERS = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']

/** What is wrong with a request before its query is checked, as a status; undefined if nothing. */
export function statusOfMisfit(
  request: IncomingMessage,
  host: string,
  paths: readonly (string | undefined)[],
): 400 | 404 | 405 | 431 | undefined {
  const {method, headers, headersDistinct, url = ''} = request
  // A page whose name was rebound to 127.0.0.1 still sends that name (DNS rebinding).
  if (headersDistinct.host?.length !== 1 || headers.host !== host) return 400
  if (url.length > MAX_TARGET_LENGTH) return 431
  if (!url.startsWith('/')) return 400 // the form of proxy requests; a browser never uses it here
  if (!paths.includes(pathOf(request))) return 404
  if (method !== 'GET') return 405
  const hasBody =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  return hasBody || isPrefetch(request) ? 400 : undefined
}

/** A browser's prefetch, which nobody sees: not a visit. */
export function isPrefetch({headers}: IncomingMessage): boolean {
  return PREFETCH_HEADERS.some((name) => headers[name] !== undefined)
}

export function pathOf({url = ''}: IncomingMessage): string | undefined {
  return url.split('?', 1)[0]
}

/** Parsed by hand: `new URL` would read a target that begins with `//` as a host. */
export function queryOf({url = ''}: IncomingMessage): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : url.slice(start))
}
