import {PayerNotPinnedError} from '../errors/authentication.js'
import {unsetting} from '../platform/shell.js'
import {BadSettingError} from '../errors/usage.js'
import {type Environment, valueOf} from '../settings/environment.js'
import type {Credential} from './credential.js'
import {isProviderId, type ProviderId, PROVIDERS} from './provider-table.js'
import {removalOf} from './remedies.js'

/** The variable that names the only provider that may pay for prompts. */
export const PAYER_VARIABLE = 'MOGPLEX_PAYER'

/**
 * The only provider that may pay; it never selects the credential.
 *
 * @throws {BadSettingError} exit 2, when the variable names no provider
 */
export function pinnedPayer(env: Environment): ProviderId | undefined {
  const value = valueOf(env, PAYER_VARIABLE)
  if (value === undefined || isProviderId(value)) return value
  throw new BadSettingError(
    PAYER_VARIABLE,
    'names no provider',
    `Set it to one of ${PROVIDERS.map(({id}) => id).join(', ')}, or \`${unsetting(PAYER_VARIABLE)}\`.`,
  )
}

/** Why this credential must not pay; `undefined` where it may. */
export function payerPinError(
  pin: ProviderId | undefined,
  credential: Credential,
): PayerNotPinnedError | undefined {
  const {provider, source, type} = credential
  if (pin === undefined || pin === provider) return undefined
  const what = source.type === 'env' ? source.variable : `the stored ${provider} ${nameOf(type)}`
  return new PayerNotPinnedError(what, pin, removalOf({provider, source, credential}))
}

function nameOf(type: Credential['type']): string {
  return type === 'oauth' ? 'login' : 'key'
}
