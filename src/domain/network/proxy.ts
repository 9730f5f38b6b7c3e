import {parseUrl} from './addresses.js'
import {type Environment, valueOf} from '../settings/environment.js'
import {UnreachableError} from '../errors/remote.js'
import {isExempt} from './no-proxy.js'
import {Secret} from '../credential/secret.js'
import {unsetting} from '../platform/shell.js'

/** The proxy for a host, where a variable sets one. */
export interface Proxy {
  /** As spelt in the environment: `HTTPS_PROXY`. */
  readonly variable: string
  /** Without user and password. */
  readonly address: URL
  /** The value of `Proxy-Authorization` (RFC 7617), where the variable holds a user or a password. */
  readonly authorization: Secret | undefined
}

const LOOPBACK = /^((.+\.)?localhost\.?|127(\.\d+){3}|\[::1\])$/
const SCHEME = /^[a-z][a-z\d+.-]*:\/\//i

/**
 * The proxy for an address: `HTTPS_PROXY` or `HTTP_PROXY` by its scheme, otherwise `ALL_PROXY`, in
 * lower case first, unless `NO_PROXY` names its host. Requests to this machine never use one.
 *
 * @throws {UnreachableError} exit 69, naming the variable, never its value
 */
export function proxyFor(url: URL, env: Environment): Proxy | undefined {
  if (LOOPBACK.test(url.hostname)) return undefined
  const scheme = url.protocol.replace(':', '')
  const variable = spellingOf(`${scheme}_proxy`, env) ?? spellingOf('all_proxy', env)
  if (variable === undefined || isExempt(url, noProxy(env))) return undefined
  return readProxy(variable, valueOf(env, variable) ?? '')
}

function readProxy(variable: string, value: string): Proxy {
  const text = SCHEME.test(value) ? value : `http://${value}`
  const url = parseUrl(text)
  // What follows the host may be the rest of a password: `user:12#4@host` parses as the host
  // `user`.
  const more = url === undefined ? '' : `${url.pathname}${url.search}${url.hash}`
  if (url === undefined || url.hostname === '' || !/^\/?$/.test(more)) {
    throw new UnreachableError(
      `${variable} holds no address of a proxy.`,
      `Set ${variable} to one such as http://proxy.example.com:3128 (in a password, @ is %40, / is %2F, # is %23), or \`${unsetting(variable)}\`.`,
    )
  }
  if (!/^https?:$/.test(url.protocol)) {
    throw new UnreachableError(
      `${variable} names a proxy of the kind ${url.protocol}//, which cannot be used here.`,
      `Set ${variable} to a proxy that speaks http, or \`${unsetting(variable)}\`.`,
    )
  }
  return {variable, address: withoutUser(url), authorization: authorizationOf(url)}
}

function withoutUser({protocol, host}: URL): URL {
  return new URL(`${protocol}//${host}`)
}

function authorizationOf({username, password}: URL): Secret | undefined {
  if (username === '' && password === '') return undefined
  const userPass = `${decoded(username)}:${decoded(password)}`
  return new Secret(`Basic ${Buffer.from(userPass).toString('base64')}`)
}

/** A literal percent sign in a password is not a reason to reject it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function noProxy(env: Environment): string {
  return valueOf(env, 'no_proxy') ?? valueOf(env, 'NO_PROXY') ?? ''
}

function spellingOf(name: string, env: Environment): string | undefined {
  return [name, name.toUpperCase()].find((spelling) => valueOf(env, spelling) !== undefined)
}
