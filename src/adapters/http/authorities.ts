import {readFileSync} from 'node:fs'
import {whyOf} from '../../domain/errors/system-error.js'
import {
  type Authorities,
  knowsSystemAuthorities,
  type UnreadAuthorities,
} from '../../domain/network/tls-trouble.js'
import {type Environment, valueOf} from '../../domain/settings/environment.js'

const CERTIFICATE = /^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/m

/** What is known about the authorities that this process trusts. */
export function authoritiesOf(
  env: Environment,
  nodeVersion: string = process.versions.node,
): Authorities {
  const isTold = valueOf(env, 'NODE_USE_SYSTEM_CA') === '1'
  const couldUseSystem = knowsSystemAuthorities(nodeVersion) && !isTold
  return {unread: unreadAuthorities(env), couldUseSystem}
}

/** The file of `NODE_EXTRA_CA_CERTS`, where Node could not read it: Node only warns. */
function unreadAuthorities(env: Environment): UnreadAuthorities | undefined {
  const path = valueOf(env, 'NODE_EXTRA_CA_CERTS')
  if (path === undefined) return undefined
  try {
    const text = readFileSync(path, 'utf8')
    return CERTIFICATE.test(text) ? undefined : {path, why: 'no PEM certificate is in it'}
  } catch (error) {
    return {path, why: whyOf(error)}
  }
}
