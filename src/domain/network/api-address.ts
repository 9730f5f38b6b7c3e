import {parseUrl} from './addresses.js'
import type {Credential} from '../credential/credential.js'
import {printable} from '../text/printable.js'
import {DEFAULT_BASE_URL, type Settings} from '../settings/settings.js'

/** The address of the service, as far as the environment sets it. */
export type Server = Pick<Settings, 'baseUrl' | 'hasBaseUrl' | 'issuer'>

/**
 * Which Mogplex a credential is sent to: the one of `MOGPLEX_URL`. Where only `MOGPLEX_ISSUER` is
 * set, a login is sent only to its issuer's origin, and a key of Mogplex is not sent there.
 *
 * @returns the site root, without a trailing slash
 */
export function apiBaseUrl(
  {type}: Pick<Credential, 'type'>,
  {baseUrl, hasBaseUrl, issuer}: Server,
): string {
  return type === 'oauth' && !hasBaseUrl ? new URL(issuer).origin : baseUrl
}

/** The issuer that a stored credential of Mogplex came from. */
export function issuerOf({issuer}: Pick<Credential, 'issuer'>): string {
  return issuer ?? DEFAULT_BASE_URL
}

/** The site root that a stored credential of Mogplex was obtained for. */
export function baseUrlOf(credential: Pick<Credential, 'baseUrl' | 'issuer'>): string {
  return credential.baseUrl ?? originOf(issuerOf(credential))
}

/**
 * Why a stored credential of Mogplex is not used at the server in use: it came from another issuer,
 * or was obtained for another API. `undefined` where it may be sent there.
 */
export function serverMismatch(credential: Credential, server: Server): string | undefined {
  const from = issuerOf(credential)
  if (from !== server.issuer) return `it is from ${printable(from)}, not from ${server.issuer}`
  const [obtainedFor, wanted] = [baseUrlOf(credential), apiBaseUrl(credential, server)]
  return obtainedFor === wanted
    ? undefined
    : `it is for ${printable(obtainedFor)}, not for ${wanted}`
}

/** A stored address may be any text. */
function originOf(address: string): string {
  return parseUrl(address)?.origin ?? address
}
