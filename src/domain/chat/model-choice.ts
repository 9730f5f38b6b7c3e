import {isModelId} from './model-ids.js'
import {isProviderId, type ProviderId} from '../credential/provider-table.js'

/** A model, and who is paid for it. */
export interface ModelChoice {
  readonly provider: ProviderId
  readonly model: string
}

/** What is remembered: the model that was chosen last for each payer, and who may pay. */
export interface RememberedChoices {
  readonly models: Readonly<Partial<Record<ProviderId, string>>>
  /** Fingerprints of the credentials to which somebody said yes. */
  readonly confirmed: readonly string[]
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
