import {readFileSync} from 'node:fs'
import {whyOf} from '../../domain/errors/system-error.js'
import type {UnreadAuthorities} from '../../domain/network/tls-trouble.js'
import {type Environment, valueOf} from '../../domain/settings/environment.js'

const CERTIFICATE = /^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/m

/** The file of `NODE_EXTRA_CA_CERTS`, where Node could make nothing of it: it only warns. */
export function unreadAuthorities(env: Environment): UnreadAuthorities | undefined {
  const path = valueOf(env, 'NODE_EXTRA_CA_CERTS')
  if (path === undefined) return undefined
  try {
    const text = readFileSync(path, 'utf8')
    return CERTIFICATE.test(text) ? undefined : {path, why: 'no PEM certificate is in it'}
  } catch (error) {
    return {path, why: whyOf(error)}
  }
}
