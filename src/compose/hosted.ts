import {createMogplexApi} from '../adapters/mogplex-api.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {McpServerEntry} from '../domain/hosted/mcp-servers.js'
import type {ModelEntry} from '../domain/hosted/model-catalog.js'
import type {AccountAccess} from '../services/account-access.js'
import type {Listing, ListRequest} from '../services/list-hosted-state.js'
import type {SyncRequest, SyncSummary} from '../services/sync-hosted-state.js'
import {guarded} from '../recording/guarded.js'
import {observedSync} from '../recording/observed-work.js'
import type {World} from './world.js'

/** The lists of the account. */
export interface Hosted {
  readonly models: (request: ListRequest) => Promise<Listing<ModelEntry>>
  readonly mcpServers: (request: ListRequest) => Promise<Listing<McpServerEntry>>
  readonly sync: (request: SyncRequest) => Promise<SyncSummary>
}

/** See {@link learnAboutPrompts}: of the account's login. */
export function composeLearning(
  {session, http, clock, authFile}: World,
  access: AccountAccess,
): (signal: AbortSignal | undefined) => Promise<void> {
  return async (signal) => {
    const [{learnAboutPrompts}, {createAskAboutPrompts}] = await Promise.all([
      import('../services/learn-about-prompts.js'),
      import('../adapters/mogplex-api/prompt-acceptance.js'),
    ])
    const baseUrl = apiBaseUrl(session.accountCredential(), session.settings)
    const ask = createAskAboutPrompts(http, baseUrl)
    const api = createMogplexApi(http, baseUrl)
    await learnAboutPrompts({ask, api, access, authFile, session, clock}, signal)
  }
}

export function composeHosted(world: World, access: AccountAccess): Hosted {
  const {session, http, clock, hostedFiles: files, recorder} = world
  const sync = observedSync(async (request: SyncRequest): Promise<SyncSummary> => {
    const [{syncHostedState}, {createHostedApi}, {patientHttp}, {pause}] = await Promise.all([
      import('../services/sync-hosted-state.js'),
      import('../adapters/mogplex-api/hosted-api.js'),
      import('../adapters/mogplex-api/patient-http.js'),
      import('../adapters/pause.js'),
    ])
    const server = session.settings
    const baseUrl = apiBaseUrl(session.accountCredential(), server)
    const api = createHostedApi(patientHttp(http, pause), baseUrl)
    const learnAboutPrompts = composeLearning(world, access)
    const ports = {api, files, clock, server, session, access, learnAboutPrompts}
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
