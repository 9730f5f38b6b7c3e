import {UnreachableError} from '../errors/remote.js'
import {causeOf} from './network-error.js'
import type {Proxy} from './proxy.js'
import {
  type Authorities,
  authorityRemedy,
  periodRemedy,
  type TlsTrouble,
  tlsTroubleOf,
} from './tls-trouble.js'
import {unsetting} from '../platform/shell.js'

/** The proxy itself did not answer. Shows its name, never its user or password. */
export function proxyUnreachable(
  proxy: Proxy,
  error: unknown,
  authorities?: Authorities,
): UnreachableError {
  const trouble = tlsTroubleOf(error)
  return new UnreachableError(
    `${nameOf(proxy)} cannot be reached${causeOf(error)}.`,
    remedyFor(proxy, trouble, authorities),
    undefined,
    trouble,
  )
}

function remedyFor(
  {variable, address}: Proxy,
  trouble: TlsTrouble | undefined,
  authorities: Authorities | undefined,
): string {
  switch (trouble) {
    case 'expired':
    case 'not-yet-valid':
      return periodRemedy(address.host)
    case 'name':
      return `Set ${variable} to the host name that is in the certificate of the proxy.`
    case 'not-tls':
      return `Set ${variable} to an address that begins with http://, if the proxy takes plain HTTP.`
    case 'authority':
      return authorityRemedy('', 'the certificate authority that signed for the proxy', authorities)
    case undefined:
      return `Check ${variable}, or \`${unsetting(variable)}\` where no proxy is needed.`
  }
}

/**
 * The proxy answered, but refuses to connect to the host (RFC 9110 §9.3.6, §15.5.8).
 *
 * @param status - the status of its answer; `NaN` where that was not a valid answer
 */
export function proxyRefusal(proxy: Proxy, status: number, {host}: URL): UnreachableError {
  const {variable, authorization} = proxy
  if (status === 407) {
    const wants = authorization === undefined ? 'wants' : 'does not accept this'
    return new UnreachableError(
      `${nameOf(proxy)} ${wants} user and password (407).`,
      `Set ${variable} to http://USER:PASSWORD@${proxy.address.host}, with what the proxy accepts.`,
    )
  }
  if (Number.isNaN(status)) {
    return new UnreachableError(
      `${nameOf(proxy)} does not answer as a proxy does.`,
      `Check ${variable}: something else may listen there.`,
    )
  }
  return new UnreachableError(
    `${nameOf(proxy)} does not connect to ${host} (${status}).`,
    `Ask those who run the proxy, or add ${host} to NO_PROXY to go there without it.`,
  )
}

function nameOf({variable, address}: Proxy): string {
  return `The proxy ${address.host} of ${variable}`
}
