import {type Environment, valueOf} from '../settings/environment.js'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * A URL, or `undefined` where the text is not one. Does not use `URL.canParse`: once Node 20 has
 * optimised it, it rejects every host with a letter such as `ü`.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

/** Whether a URL's host is this machine: `localhost`, `127.0.0.1` or `[::1]`. */
export function isLoopback({hostname}: {hostname: string}): boolean {
  return LOOPBACK.has(hostname)
}

/**
 * Plain http to this machine needs `MOGPLEX_DEV=1`, and is never allowed in production (contract
 * 1).
 */
export function allowsLoopbackHttp(env: Environment): boolean {
  return valueOf(env, 'MOGPLEX_DEV') === '1' && valueOf(env, 'NODE_ENV') !== 'production'
}

/** Whether a credential may be sent there: https, or http to this machine when that is allowed. */
export function isSafeUrl(url: URL, loopbackHttp: boolean): boolean {
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && loopbackHttp)
}

/** An address for display: without scheme and trailing slash. */
export function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/\/$/, '')
}
