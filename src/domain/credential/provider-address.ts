import {isSafeUrl, parseUrl} from '../network/addresses.js'
import {type Environment, valueOf} from '../settings/environment.js'
import {BadSettingError} from '../errors/usage.js'
import type {Provider} from './provider-table.js'
import {unsetting} from '../platform/shell.js'

/** The base URL of a provider's chat-completions API, and the variable that replaced it, if any. */
interface ProviderAddress {
  readonly baseUrl: string
  readonly variable?: string
}

/** An address that a variable sets in place of a provider's default. */
export interface ReplacedBaseUrl {
  readonly variable: string
  /** Without a trailing slash; `undefined` where it is not an https address (http on loopback). */
  readonly url: string | undefined
}

/** What is wrong with a variable whose address is unusable. */
export const NO_ADDRESS = 'is not an https address'

/** Reads `OPENAI_BASE_URL` and the like (the id in capitals; not for `mogplex`). */
export function replacedBaseUrl({id}: Provider, env: Environment): ReplacedBaseUrl | undefined {
  const variable = `${id.toUpperCase()}_BASE_URL`
  const value = id === 'mogplex' ? undefined : valueOf(env, variable)
  if (value === undefined) return undefined
  const url = parseUrl(value)
  const isUsable = url !== undefined && isSafeUrl(url, true) && url.search + url.hash === ''
  return {variable, url: isUsable ? value.replace(/\/+$/, '') : undefined}
}

/**
 * Where prompts for a provider are sent: its default address, or the one that replaces it.
 *
 * @param siteRoot - the Mogplex address, without a trailing slash
 * @throws {BadSettingError} exit 2, when the variable holds no https address (http on loopback)
 */
export function providerAddress(
  provider: Provider,
  env: Environment,
  siteRoot: string,
): ProviderAddress {
  const replaced = replacedBaseUrl(provider, env)
  if (replaced === undefined) return {baseUrl: at(siteRoot, provider.baseUrl)}
  const {variable, url} = replaced
  if (url !== undefined) return {baseUrl: url, variable}
  throw noAddress(variable)
}

/**
 * Where a person gets a key of this provider; for Mogplex, at the server in use.
 *
 * @param siteRoot - the Mogplex address, without a trailing slash
 */
export function keysPage({keysAt}: Pick<Provider, 'keysAt'>, siteRoot: string): string {
  return at(siteRoot, keysAt)
}

function at(siteRoot: string, address: string): string {
  return address.replace('{base}', () => siteRoot)
}

/** The error of a command that would send something there. */
function noAddress(variable: string): BadSettingError {
  return new BadSettingError(variable, NO_ADDRESS, `Set it to one, or \`${unsetting(variable)}\`.`)
}
