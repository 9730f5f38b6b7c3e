import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {ModelChoiceFile} from '../adapters/model-choice-file.js'
import type {Credential} from '../domain/credential/credential.js'
import {PaymentNotConfirmedError} from '../domain/errors/authentication.js'
import {ownId} from '../domain/hosted/hosted-account.js'
import {type Provider, providerOf} from '../domain/credential/provider-table.js'
import type {Payer} from './choose-model.js'
import {unsetting} from '../domain/platform/shell.js'

/**
 * Asks the user whether this provider's variable may pay for prompts; `false` without a terminal.
 */
export type Confirm = (provider: Provider) => Promise<boolean>

/**
 * `VERCEL_API_TOKEN` is set on many machines for deployments, and would pay for prompts: before its
 * first use the user has to agree, once for each token. Requesting a model of Vercel's by name
 * counts as consent, too, for this one time.
 *
 * @throws {PaymentNotConfirmedError} exit 64
 */
export async function confirmPayment(
  {credential, isExplicit}: Payer,
  file: Pick<ModelChoiceFile, 'read' | 'rememberConfirmed'>,
  confirm: Confirm,
): Promise<void> {
  if (!needsYes({credential, isExplicit}, file)) return
  if (!(await confirm(providerOf(credential.provider)))) throw notConfirmed(credential)
  try {
    await file.rememberConfirmed(ownId(credential))
  } catch (error) {
    // Then the question is asked again: not a reason to fail.
    if (!(error instanceof MogplexError)) throw error
  }
}

/** Whether consent is still missing: none is stored, and none is implied by the request. */
export function needsYes(
  {credential, isExplicit}: Pick<Payer, 'credential' | 'isExplicit'>,
  file: Pick<ModelChoiceFile, 'read'>,
): boolean {
  const {provider, source} = credential
  if (provider !== 'vercel' || source.type !== 'env' || isExplicit) return false
  return !file.read().confirmed.includes(ownId(credential))
}

export function notConfirmed({provider}: Pick<Credential, 'provider'>): PaymentNotConfirmedError {
  const {variable} = providerOf(provider)
  return new PaymentNotConfirmedError(
    `${variable} is set and would pay for prompts, but nobody has confirmed that.`,
    `Say yes once in \`mogplex\` at a terminal, or name the model: \`--model "vercel: MODEL"\`; or \`${unsetting(variable)}\`.`,
  )
}
