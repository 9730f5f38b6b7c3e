import {allowsLoopbackHttp, isLoopback, isSafeUrl, parseUrl} from '../network/addresses.js'
import {type Environment, valueOf} from './environment.js'
import {BadSettingError} from '../errors/usage.js'
import {unsetting} from '../platform/shell.js'

/**
 * The address of the service, and how we identify ourselves there (design 15; contract 1, 4.2,
 * 4.3).
 */
export interface Settings {
  /** The site root, without a trailing slash. */
  readonly baseUrl: string
  /** Whether `MOGPLEX_URL` sets it. */
  readonly hasBaseUrl: boolean
  /** The authorization server's issuer, without a trailing slash; may include a path. */
  readonly issuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Ports of 127.0.0.1 for the redirect URI, in the order in which they are tried. */
  readonly callbackPorts: readonly number[]
  /** Plain http to this machine is allowed. */
  readonly loopbackHttp: boolean
}

export const DEFAULT_BASE_URL = 'https://mogplex.com'
const DEFAULT_SCOPES = 'openid profile email offline_access read write'

/**
 * Reads the settings from the environment; no file of a project can set them.
 *
 * @param own - the server of the profile in use, for when the environment names none
 * @throws {BadSettingError} exit 2, naming the variable, never its value
 */
export function readSettings(
  variables: Environment,
  own?: Pick<Settings, 'baseUrl' | 'issuer'>,
): Settings {
  const names = valueOf(variables, 'MOGPLEX_URL') ?? valueOf(variables, 'MOGPLEX_ISSUER')
  const env =
    own === undefined || names !== undefined
      ? variables
      : {...variables, MOGPLEX_URL: own.baseUrl, MOGPLEX_ISSUER: own.issuer}
  const loopbackHttp = allowsLoopbackHttp(env)
  const base = address(env, 'MOGPLEX_URL', loopbackHttp)
  if (base !== undefined && new URL(base).pathname !== '/') {
    throw new BadSettingError(
      'MOGPLEX_URL',
      'has a path: it is the root of the site, without one',
      'Set MOGPLEX_URL to an address such as https://mogplex.com.',
    )
  }
  const baseUrl = base ?? DEFAULT_BASE_URL
  return {
    baseUrl,
    hasBaseUrl: base !== undefined,
    issuer: address(env, 'MOGPLEX_ISSUER', loopbackHttp) ?? baseUrl,
    clientId: valueOf(env, 'MOGPLEX_CLIENT_ID') ?? 'mogplex-cli',
    scopes: (valueOf(env, 'MOGPLEX_SCOPES') ?? DEFAULT_SCOPES).split(/[\s,]+/),
    callbackPorts: callbackPorts(env),
    loopbackHttp,
  }
}

function address(env: Environment, variable: string, loopbackHttp: boolean): string | undefined {
  const value = valueOf(env, variable)
  if (value === undefined) return undefined
  const remedy = `Set ${variable} to an https address such as https://mogplex.com, or \`${unsetting(variable)}\`.`
  const url = parseUrl(value)
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new BadSettingError(variable, 'is not an address: it needs a scheme and a host', remedy)
  }
  if (url.username !== '' || url.password !== '' || /[?#]/.test(url.href)) {
    throw new BadSettingError(variable, 'holds more than an address', remedy)
  }
  if (!isSafeUrl(url, loopbackHttp)) {
    if (isLoopback(url)) {
      throw new BadSettingError(
        variable,
        'is plain http to this machine, which is for development only',
        'Set MOGPLEX_DEV=1, with NODE_ENV not production; or use https.',
      )
    }
    throw new BadSettingError(variable, 'is plain http to another machine', remedy)
  }
  return url.href.replace(/\/+$/, '')
}

function callbackPorts(env: Environment): readonly number[] {
  const value = valueOf(env, 'MOGPLEX_CALLBACK_PORTS')
  if (value === undefined) return [24816, 24818]
  const ports = value.split(/[\s,]+/).map((text) => (/^\d+$/.test(text) ? Number(text) : NaN))
  if (ports.every((port) => Number.isInteger(port) && port > 0 && port < 65536)) return ports
  throw new BadSettingError(
    'MOGPLEX_CALLBACK_PORTS',
    'is not a list of ports',
    'Set it to ports that your authorization server has registered, such as 24816,24818.',
  )
}
