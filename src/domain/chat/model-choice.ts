import type {Credential} from '../credential/credential.js'
import {hostedAccountOf, ownId} from '../hosted/hosted-account.js'
import type {Server} from '../network/api-address.js'
import {isModelId} from './model-ids.js'
import {isProviderId, type ProviderId} from '../credential/provider-table.js'

/** A model, and who is paid for it. */
export interface ModelChoice {
  readonly provider: ProviderId
  readonly model: string
}

/**
 * What is remembered: the model that was chosen last, by {@link payerKey} or, in files of older
 * versions, by payer; and who may pay.
 */
export interface RememberedChoices {
  readonly models: Readonly<Record<string, string>>
  /** Fingerprints of the credentials to which somebody said yes. */
  readonly confirmed: readonly string[]
}

/**
 * What a choice is remembered for: the payer and whose account it is. Of a key that does not tell its
 * account, a fingerprint takes the account's place.
 *
 * @param server - the Mogplex in question: at another one, an account of the same id is another
 */
export function payerKey(credential: Credential, server: Server): string {
  const {provider, account} = credential
  if (provider !== 'mogplex') return `${provider} ${account?.id ?? ownId(credential)}`
  const {issuer, baseUrl = issuer, id} = hostedAccountOf(credential, server)
  return `mogplex ${baseUrl} ${issuer} ${id}`
}

/** The model that is remembered for a payer; of an older file, the one of whoever had that payer. */
export function rememberedModel(
  {models}: RememberedChoices,
  credential: Credential,
  server: Server,
): string | undefined {
  return models[payerKey(credential, server)] ?? models[credential.provider]
}

/** As models are shown, and may be typed: `payer: model`. */
export function choiceText({provider, model}: ModelChoice): string {
  return `${provider}: ${model}`
}

/**
 * Reads `payer: model`, or a model alone, which is one of whoever pays now.
 *
 * @param payer - who pays now, if anybody does
 * @returns `undefined` where it is neither
 */
export function parseChoice(text: string, payer: ProviderId | undefined): ModelChoice | undefined {
  const [, prefix = '', rest = ''] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(text) ?? []
  const named = prefix.toLowerCase()
  const [provider, model] = isProviderId(named) ? [named, rest] : [payer, text.trim()]
  return provider === undefined || !isModelId(model) ? undefined : {provider, model}
}
