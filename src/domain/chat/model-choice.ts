import type {Credential} from '../credential/credential.js'
import {hostedAccountOf, ownId} from '../hosted/hosted-account.js'
import type {Server} from '../network/api-address.js'
import {isModelId} from './model-ids.js'
import {isProviderId, type ProviderId} from '../credential/provider-table.js'

/** A model, and the provider that is billed for it. */
export interface ModelChoice {
  readonly provider: ProviderId
  readonly model: string
}

/**
 * What is remembered: the model that was chosen last, by {@link payerKey} or, in files of older
 * versions, by payer; and which credentials may pay.
 */
export interface RememberedChoices {
  readonly models: Readonly<Record<string, string>>
  /** Fingerprints of the credentials that the user agreed to pay with. */
  readonly confirmed: readonly string[]
}

/**
 * The key under which a choice is remembered: the payer and its account. For a key whose account is
 * unknown, a fingerprint replaces the account.
 *
 * @param server - the Mogplex in use: the same account id on another server is another account
 */
export function payerKey(credential: Credential, server: Server): string {
  const {provider, account} = credential
  if (provider !== 'mogplex') return `${provider} ${account?.id ?? ownId(credential)}`
  const {issuer, baseUrl = issuer, id} = hostedAccountOf(credential, server)
  return `mogplex ${baseUrl} ${issuer} ${id}`
}

/**
 * The model that is remembered for a payer; in an older file, the one of any account of that payer.
 */
export function rememberedModel(
  {models}: RememberedChoices,
  credential: Credential,
  server: Server,
): string | undefined {
  return models[payerKey(credential, server)] ?? models[credential.provider]
}

/** Models as they are shown, and can be typed: `payer: model`. */
export function choiceText({provider, model}: ModelChoice): string {
  return `${provider}: ${model}`
}

/**
 * Reads `payer: model`, or a model alone, which means one of the current payer.
 *
 * @param payer - the current payer, if any
 * @returns `undefined` where it is neither
 */
export function parseChoice(text: string, payer: ProviderId | undefined): ModelChoice | undefined {
  const [, prefix = '', rest = ''] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(text) ?? []
  const named = prefix.toLowerCase()
  const [provider, model] = isProviderId(named) ? [named, rest] : [payer, text.trim()]
  return provider === undefined || !isModelId(model) ? undefined : {provider, model}
}
