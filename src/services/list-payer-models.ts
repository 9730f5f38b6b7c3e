import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {ChatApi} from '../adapters/chat-api.js'
import type {ModelChoiceFile} from '../adapters/model-choice-file.js'
import type {Credential} from '../domain/credential/credential.js'
import {noModelAccess} from '../domain/chat/chat-access-trouble.js'
import {NotSyncedError} from '../domain/errors/hosted-state.js'
import {filterByText} from '../domain/hosted/hosted-state.js'
import type {ModelEntry} from '../domain/hosted/model-catalog.js'
import {choiceText, type ModelChoice} from '../domain/chat/model-choice.js'
import type {ProviderId} from '../domain/credential/provider-table.js'
import type {ChosenModel} from './choose-model.js'
import {needsYes} from './confirm-payment.js'
import type {Listing, ListRequest} from './list-hosted-state.js'

/** A model that can be chosen. */
export interface PayerModel extends ModelChoice {
  /** `payer: model`. */
  readonly label: string
  /** Its display name, where known. */
  readonly name?: string
}

export interface PayerModels {
  /** By payer, highest rank first: models of the first are used by default. */
  readonly models: readonly PayerModel[]
  /** Payers whose models are unavailable, and why. */
  readonly troubles: readonly {readonly provider: ProviderId; readonly error: MogplexError}[]
}

export interface PayerModelsRequest {
  /** Only models whose label or name contains each of these words. */
  readonly text?: string | undefined
  /** Sync the hosted catalog first. */
  readonly refresh?: boolean
  readonly signal?: AbortSignal | undefined
}

interface PayerModelsPorts {
  readonly chosen: Pick<ChosenModel, 'payers'>
  readonly choices: Pick<ModelChoiceFile, 'read'>
  readonly api: (credential: Credential) => ChatApi
  readonly hosted: (request: ListRequest) => Promise<Listing<ModelEntry>>
  /** The address of the Mogplex that a credential is sent to. */
  readonly siteRoot: (credential: Credential) => string
}

/**
 * The models that can be chosen, of all possible payers: Mogplex's from our copy of the catalog, a
 * provider's from its current list. A token that the user did not agree to use is not sent to its
 * provider.
 *
 * @throws the signal's reason; all other failures are listed in `troubles`
 */
export async function listPayerModels(
  ports: PayerModelsPorts,
  {text = '', refresh = false, signal}: PayerModelsRequest = {},
): Promise<PayerModels> {
  const payers = ports.chosen
    .payers()
    .filter((credential) => !needsYes({credential, isExplicit: false}, ports.choices))
  const lists = await Promise.allSettled(
    payers.map(async (payer) =>
      payer.provider === 'mogplex'
        ? hostedModels(ports, payer, {refresh, signal})
        : providerModels(ports, payer, signal),
    ),
  )
  signal?.throwIfAborted()
  const models = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []))
  return {
    models: filterByText(models, text),
    troubles: lists.flatMap((list, index) => {
      const provider = payers[index]?.provider
      if (list.status === 'fulfilled' || provider === undefined) return []
      const error: unknown = list.reason
      if (error instanceof MogplexError) return [{provider, error}]
      throw error
    }),
  }
}

async function hostedModels(
  {hosted, siteRoot}: PayerModelsPorts,
  payer: Credential,
  request: ListRequest,
): Promise<PayerModel[]> {
  const known = await hosted(request).catch((error: unknown) => {
    if (error instanceof NotSyncedError && !request.refresh) return undefined
    throw error
  })
  // The account may have been enabled for a model since the last sync.
  const isEnough = known !== undefined && (known.total > 0 || request.refresh)
  const {entries, total} = isEnough ? known : await hosted({...request, refresh: true})
  if (total === 0) throw noModelAccess('no model is enabled for it', siteRoot(payer))
  return entries.map(({id, name}) => ({...modelOf('mogplex', id), name}))
}

async function providerModels(
  {api}: PayerModelsPorts,
  payer: Credential,
  signal: AbortSignal | undefined,
): Promise<PayerModel[]> {
  const ids = await api(payer).models(payer, signal)
  return ids.sort().map((id) => modelOf(payer.provider, id))
}

function modelOf(provider: ProviderId, model: string): PayerModel {
  return {provider, model, label: choiceText({provider, model})}
}
