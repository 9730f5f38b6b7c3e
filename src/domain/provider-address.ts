import {isSafeUrl, parseUrl} from './addresses.js'
import {type Environment, valueOf} from './environment.js'
import {BadSettingError} from './errors/usage.js'
import type {Provider} from './provider-table.js'

/** The base URL of a provider's chat-completions API, and the variable that replaced it, if any. */
export interface ProviderAddress {
  readonly baseUrl: string
  readonly variable?: string
}

/**
 * Where prompts for a provider go: its own address, or the one of `OPENAI_BASE_URL` and the like
 * (the id in capitals; not for `mogplex`).
 *
 * @param siteRoot - the Mogplex address, without a trailing slash
 * @throws {BadSettingError} exit 2, when the variable holds no https address (http on loopback)
 */
export function providerAddress(
  {id, baseUrl}: Provider,
  env: Environment,
  siteRoot: string,
): ProviderAddress {
  const variable = `${id.toUpperCase()}_BASE_URL`
  const value = id === 'mogplex' ? undefined : valueOf(env, variable)
  if (value === undefined) return {baseUrl: baseUrl.replace('{base}', siteRoot)}
  const url = parseUrl(value)
  if (url !== undefined && isSafeUrl(url, true) && url.search === '' && url.hash === '') {
    return {baseUrl: value.replace(/\/+$/, ''), variable}
  }
  throw new BadSettingError(
    variable,
    'is no https address',
    `Set it to one, or \`unset ${variable}\`.`,
  )
}
