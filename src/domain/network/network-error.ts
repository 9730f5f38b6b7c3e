import {MOST_HEADER_BYTES, sizeText, tooLarge} from './answer-limits.js'
import {RemoteError, UnreachableError} from '../errors/remote.js'
import {codeOf, wordsFor} from '../errors/system-error.js'

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

const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
])

/**
 * Turns an error of got into ours, and lets the rest go: got's errors hold the request with its
 * Authorization header, and their messages may quote it.
 *
 * @param proxyVariable - names the proxy that the connection went through, if any
 */
export function networkError(error: unknown, {host}: URL, proxyVariable?: string): RemoteError {
  if (codeOf(error) === 'HPE_HEADER_OVERFLOW') {
    return tooLarge(host, `${sizeText(MOST_HEADER_BYTES)} of headers`)
  }
  if (!isCertificateTrouble(error)) {
    const mayHaveArrived = !NEVER_ARRIVED.has(nameOf(error))
    return new UnreachableError(
      `${host} cannot be reached${causeOf(error)}.`,
      undefined,
      mayHaveArrived,
    )
  }
  const signer =
    proxyVariable === undefined
      ? 'If your network signs certificates of its own'
      : `If the proxy of ${proxyVariable} signs certificates of its own`
  return new UnreachableError(
    `${host} cannot be trusted: its certificate was refused (${nameOf(error)}).`,
    `${signer}, as many proxies do, set NODE_EXTRA_CA_CERTS to the PEM file of its certificate authority.`,
    false,
  )
}

/** Whether a certificate was looked at, and refused. */
export function isCertificateTrouble(error: unknown): boolean {
  return CERTIFICATE_CODES.has(nameOf(error))
}

/** Why there is no connection, in words that follow "cannot be reached". */
export function causeOf(error: unknown): string {
  const words = wordsFor(codeOf(error))
  return words === undefined ? ` (${nameOf(error)})` : `: ${words}`
}

function nameOf(error: unknown): string {
  return codeOf(error) ?? 'no known cause'
}
