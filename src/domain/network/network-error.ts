import {MAX_ANSWER_HEADER_BYTES, sizeText, tooLarge} from './answer-limits.js'
import {RemoteError, UnreachableError} from '../errors/remote.js'
import {codeOf, wordsFor} from '../errors/system-error.js'
import {
  type Authorities,
  authorityRemedy,
  periodRemedy,
  type TlsTrouble,
  tlsTroubleOf,
} from './tls-trouble.js'

const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
])

/** How the connection was made. */
interface ConnectionRoute {
  /** Names the proxy that was used, if any. */
  readonly proxyVariable?: string | undefined
  readonly authorities?: Authorities
}

/**
 * Turns an error of got into ours and discards the original: got's errors hold the request with its
 * Authorization header, and their messages may quote it.
 */
export function networkError(error: unknown, {host}: URL, way: ConnectionRoute = {}): RemoteError {
  if (codeOf(error) === 'HPE_HEADER_OVERFLOW') {
    return tooLarge(host, `${sizeText(MAX_ANSWER_HEADER_BYTES)} of headers`)
  }
  const trouble = tlsTroubleOf(error)
  if (trouble !== undefined) {
    const [what, remedy] = tlsWords(trouble, host, way)
    return new UnreachableError(`${host} ${what} (${nameOf(error)}).`, remedy, false, trouble)
  }
  const mayHaveArrived = !NEVER_ARRIVED.has(nameOf(error))
  return new UnreachableError(
    `${host} cannot be reached${causeOf(error)}.`,
    undefined,
    mayHaveArrived,
  )
}

function tlsWords(
  trouble: TlsTrouble,
  host: string,
  way: ConnectionRoute,
): [what: string, remedy: string] {
  const {proxyVariable, authorities} = way
  const between =
    proxyVariable === undefined ? 'something on the way' : `the proxy of ${proxyVariable}`
  switch (trouble) {
    case 'expired':
      return ['cannot be trusted: its certificate has expired', periodRemedy(host)]
    case 'not-yet-valid':
      return ['cannot be trusted: its certificate is not valid yet', periodRemedy(host)]
    case 'name':
      return [
        'cannot be trusted: its certificate is for another host name',
        `Check the address. If it is right, ${between} answers in place of ${host}.`,
      ]
    case 'not-tls':
      return [
        'does not speak TLS on this port',
        `Check the address and its port. If they are right, ${between} answers in place of ${host}.`,
      ]
    case 'authority': {
      const signer =
        proxyVariable === undefined
          ? 'If your network signs certificates of its own'
          : `If the proxy of ${proxyVariable} signs certificates of its own`
      return [
        'cannot be trusted: its certificate was refused: no known authority signed it',
        authorityRemedy(
          `${signer}, as many proxies do, `,
          'its certificate authority',
          authorities,
        ),
      ]
    }
  }
}

/** Why there is no connection, in words that follow "cannot be reached". */
export function causeOf(error: unknown): string {
  const words = wordsFor(codeOf(error))
  return words === undefined ? ` (${nameOf(error)})` : `: ${words}`
}

function nameOf(error: unknown): string {
  return codeOf(error) ?? 'unknown reason'
}
