import type {Credential} from './credential.js'
import {whyLoginCannotPay} from './login-for-prompts.js'
import {MalformedVariableError, NoProviderKeyError} from '../errors/authentication.js'
import {OtherAccountError} from '../errors/profile.js'
import {isInTheWay, type Resolution, type TraceEntry} from './precedence.js'
import type {ReplacedBaseUrl} from './provider-address.js'
import {type ProviderId, providerOf} from './provider-table.js'

/**
 * Every credential that could pay for prompts, one per provider, highest rank first: the first is
 * the one that precedence picks, unless a malformed variable comes before it.
 */
export function payersOf({trace}: Resolution): Credential[] {
  const credentials = trace.flatMap((entry) =>
    isUsable(entry) && entry.credential !== undefined ? [entry.credential] : [],
  )
  return credentials.filter(
    ({provider}, index) => credentials.findIndex((one) => one.provider === provider) === index,
  )
}

/** The address that a variable sets for the current payer; `undefined` where none does. */
export function payerAddress({trace}: Resolution): ReplacedBaseUrl | undefined {
  return trace.find((entry) => entry.for === 'model' && entry.state === 'used')?.baseUrl
}

/**
 * The credential of a provider that is requested by name.
 *
 * @throws {MalformedVariableError} exit 64, when its variable holds no key: never the next source
 * @throws {NoProviderKeyError} exit 64, when there is none; {CredentialNotAcceptedError} exit 64,
 *   when it is a login that is not accepted for prompts
 */
export function payerOf(id: ProviderId, resolution: Resolution): Credential {
  const found = resolution.trace.find(
    (entry) =>
      entry.for === 'model' && entry.provider === id && (isInTheWay(entry) || isUsable(entry)),
  )
  if (found !== undefined && isInTheWay(found) && found.source.type === 'env') {
    const {source, state, why = ''} = found
    throw state === 'elsewhere'
      ? new OtherAccountError(source.variable, why)
      : new MalformedVariableError(source.variable, why)
  }
  if (found?.credential !== undefined) return found.credential
  const refused = id === 'mogplex' ? whyLoginCannotPay(resolution.trace) : undefined
  throw refused ?? new NoProviderKeyError(providerOf(id))
}

function isUsable(entry: TraceEntry): boolean {
  return entry.for === 'model' && (entry.state === 'used' || entry.state === 'outranked')
}
