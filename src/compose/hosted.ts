import {createMogplexApi} from '../adapters/mogplex-api.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {McpServerEntry} from '../domain/hosted/mcp-servers.js'
import type {ModelEntry} from '../domain/hosted/model-catalog.js'
import type {AccountAccess} from '../services/account-access.js'
import type {Listing, ListRequest} from '../services/list-hosted-state.js'
import type {SyncRequest, SyncSummary} from '../services/sync-hosted-state.js'
import {guarded} from '../recording/guarded.js'
import {observedSync} from '../recording/observed-work.js'
import type {SharedServices} from './shared-services.js'

/** The lists of the account. */
export interface Hosted {
  readonly models: (request: ListRequest) => Promise<Listing<ModelEntry>>
  readonly mcpServers: (request: ListRequest) => Promise<Listing<McpServerEntry>>
  readonly sync: (request: SyncRequest) => Promise<SyncSummary>
}

/** See {@link checkPromptAcceptance}: for the account's login. */
export function composePromptAcceptance(
  {session, http, clock, authFile}: SharedServices,
  access: AccountAccess,
): (signal: AbortSignal | undefined) => Promise<void> {
  return async (signal) => {
    const [{checkPromptAcceptance}, {createAskAboutPrompts}] = await Promise.all([
      import('../services/check-prompt-acceptance.js'),
      import('../adapters/mogplex-api/prompt-acceptance.js'),
    ])
    const baseUrl = apiBaseUrl(session.accountCredential(), session.settings)
    const ask = createAskAboutPrompts(http, baseUrl)
    const api = createMogplexApi(http, baseUrl)
    await checkPromptAcceptance({ask, api, access, authFile, session, clock}, signal)
  }
}

export function composeHosted(shared: SharedServices, access: AccountAccess): Hosted {
  const {session, http, clock, hostedFiles: files, recorder} = shared
  const sync = observedSync(async (request: SyncRequest): Promise<SyncSummary> => {
    const [{syncHostedState}, {createHostedApi}, {retryingHttp}, {pause}] = await Promise.all([
      import('../services/sync-hosted-state.js'),
      import('../adapters/mogplex-api/hosted-api.js'),
      import('../adapters/mogplex-api/retrying-http.js'),
      import('../adapters/pause.js'),
    ])
    const server = session.settings
    const baseUrl = apiBaseUrl(session.accountCredential(), server)
    const api = createHostedApi(retryingHttp(http, pause), baseUrl)
    const checkPromptAcceptance = composePromptAcceptance(shared, access)
    const ports = {api, files, clock, server, session, access, checkPromptAcceptance}
    return syncHostedState(ports, request)
  }, recorder)
  const ports = () => ({files, server: session.settings, session, sync})
  return {
    sync,
    models: guarded(async (request: ListRequest) => {
      const {listModels} = await import('../services/list-hosted-state.js')
      return listModels(ports(), request)
    }),
    mcpServers: guarded(async (request: ListRequest) => {
      const {listMcpServers} = await import('../services/list-hosted-state.js')
      return listMcpServers(ports(), request)
    }),
  }
}
