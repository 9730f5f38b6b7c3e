import {codeOf} from '../errors/system-error.js'
import {fieldOf} from '../text/thrown.js'

/** What is wrong with a host's certificate or TLS. */
export type TlsTrouble = 'authority' | 'expired' | 'name' | 'not-tls' | 'not-yet-valid'

const TROUBLES: Readonly<Record<string, TlsTrouble>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  CERT_UNTRUSTED: 'authority',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'authority',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'name',
  SELF_SIGNED_CERT_IN_CHAIN: 'authority',
  UNABLE_TO_GET_ISSUER_CERT: 'authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'authority',
}

/** OpenSSL's message for an answer that is not TLS, where Node only has the code `EPROTO`. */
const NOT_TLS = /wrong version number|packet length too long/i

/** A file of certificate authorities that cannot be read: Node continues without it. */
export interface UnreadAuthorities {
  readonly path: string
  /** To follow a colon. */
  readonly why: string
}

/** `undefined` where the failure is about neither a certificate nor TLS. */
export function tlsTroubleOf(error: unknown): TlsTrouble | undefined {
  const code = codeOf(error)
  if (code === undefined) return undefined
  if (code === 'EPROTO') {
    return NOT_TLS.test(String(fieldOf(error, 'message'))) ? 'not-tls' : undefined
  }
  return Object.hasOwn(TROUBLES, code) ? TROUBLES[code] : undefined
}

/** What is known about the authorities that this process trusts, besides Node's. */
export interface Authorities {
  readonly unread?: UnreadAuthorities | undefined
  /** Node could use those of the system, where companies install theirs, but is not set to. */
  readonly couldUseSystem?: boolean
}

/** What to do about an unknown signer. @param signer - "If …, ", or nothing */
export function authorityRemedy(
  signer: string,
  owner: string,
  {unread, couldUseSystem = false}: Authorities = {},
): string {
  if (unread !== undefined) {
    const {path, why} = unread
    return `NODE_EXTRA_CA_CERTS names ${path}, which cannot be read: ${why}. Set it to a PEM file.`
  }
  const system = couldUseSystem ? ', or NODE_USE_SYSTEM_CA=1 where this system knows it' : ''
  const remedy = `set NODE_EXTRA_CA_CERTS to the PEM file of ${owner}${system}.`
  return signer === '' ? `S${remedy.slice(1)}` : `${signer}${remedy}`
}

/** Whether a Node version reads `NODE_USE_SYSTEM_CA`: 22.19, 24.6 and later. */
export function knowsSystemAuthorities(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 6) || (major === 22 && minor >= 19)
}

/** What to do about a certificate that has expired or is not valid yet. */
export function periodRemedy(host: string): string {
  return `Check the date and time of this machine. If they are right, those who run ${host} have to renew its certificate.`
}
