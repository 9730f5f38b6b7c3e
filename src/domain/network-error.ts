import {RemoteError, UnreachableError} from './errors/remote.js'

const CERTIFICATE_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was cut',
  EAI_AGAIN: 'its name cannot be looked up just now (DNS)',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ENOTFOUND: 'there is no such name (DNS)',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'it did not answer in time',
}

/**
 * Turns an error of got into ours, and lets the rest go: got's errors hold the request with its
 * Authorization header, and their messages may quote it.
 */
export function networkError(error: unknown, {host}: URL): RemoteError {
  const code = codeOf(error)
  if (CERTIFICATE_CODES.has(code)) {
    return new UnreachableError(
      `${host} cannot be trusted: its certificate was refused (${code}).`,
      'If your network has a certificate authority of its own, set NODE_EXTRA_CA_CERTS to its PEM file.',
    )
  }
  const cause = CAUSES[code]
  if (cause === undefined) return new UnreachableError(`${host} cannot be reached (${code}).`)
  return new UnreachableError(`${host} cannot be reached: ${cause}.`)
}

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error && error.code
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : 'no known cause'
}
