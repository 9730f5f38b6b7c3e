import type {Credential} from './credential.js'
import type {Settings} from './settings.js'

/**
 * Which Mogplex a credential is shown to: the one of `MOGPLEX_URL`. Where only `MOGPLEX_ISSUER` is
 * set, a login goes no further than to its own issuer's origin, and a key of Mogplex not there.
 *
 * @returns the site root, without a trailing slash
 */
export function apiBaseUrl(
  credential: Credential,
  {baseUrl, hasBaseUrl, issuer}: Settings,
): string {
  return credential.type === 'oauth' && !hasBaseUrl ? new URL(issuer).origin : baseUrl
}
