import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {NpmFailedError, UnknownPluginError} from '../errors/plugin.js'
import {RateLimitedError} from '../errors/later.js'
import {RemoteError, UnreachableError} from '../errors/remote.js'
import {printable} from '../text/printable.js'

const CODE = /^npm (?:error|ERR!) code (\S+)/m
const SAID = /^npm (?:error|ERR!) (?!code |errno |syscall |A complete log|(?:\d{4}-)|$)(.*)$/gm
const UNREACHABLE = new Set(
  `EAI_AGAIN ECONNREFUSED ECONNRESET EHOSTUNREACH ENETUNREACH ENOTFOUND ETIMEDOUT EPROTO
  EIDLETIMEOUT ECONNECTIONTIMEOUT ERESPONSETIMEOUT ETRANSFERTIMEOUT ERR_SOCKET_TIMEOUT ENOTCACHED
  FETCH_ERROR CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT ERR_TLS_CERT_ALTNAME_INVALID
  SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE`.split(
    /\s+/,
  ),
)
// git's messages for a network failure: npm has no code for it.
const GIT_UNREACHABLE = /Could not resolve host|Connection (?:refused|timed out)|unable to access/i
const NETWORK = 'Check the network, and the registry that npm is set up for.'

/**
 * What npm's failure means.
 *
 * @param what - the action, as in "npm could not …"
 * @param stderr - npm's output there
 */
export function npmTrouble(what: string, stderr: string): MogplexError {
  const [, code = ''] = CODE.exec(stderr) ?? []
  const lines = [...stderr.matchAll(SAID)].map(([, line = '']) => line.trim())
  const said = printable(lines.slice(0, 3).join(' '), 400).replace(/\.$/, '')
  const message = `npm could not ${what}${said === '' ? '' : `: ${said}`}.`
  if (code === 'E429') return new RateLimitedError('The registry')
  if (UNREACHABLE.has(code) || GIT_UNREACHABLE.test(stderr)) {
    return new UnreachableError(message, NETWORK)
  }
  if (/^E5\d\d$/.test(code)) return new RemoteError(message)
  if (['E404', 'ETARGET', 'ENOVERSIONS'].includes(code)) {
    return new UnknownPluginError(message, 'Check its name and its version.')
  }
  if (['E401', 'E403', 'ENEEDAUTH'].includes(code)) {
    return new NpmFailedError(message, 'Check how npm signs in to that registry.')
  }
  return new NpmFailedError(message)
}
