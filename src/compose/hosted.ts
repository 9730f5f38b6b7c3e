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

export function composeHosted(
  {session, http, clock, hostedFiles: files, recorder}: World,
  access: AccountAccess,
): Hosted {
  const sync = observedSync(async (request: SyncRequest): Promise<SyncSummary> => {
    const [{syncHostedState}, {createHostedApi}, {patientHttp}, {pause}] = await Promise.all([
      import('../services/sync-hosted-state.js'),
      import('../adapters/mogplex-api/hosted-api.js'),
      import('../adapters/mogplex-api/patient-http.js'),
      import('../adapters/pause.js'),
    ])
    const server = session.settings
    const api = createHostedApi(
      patientHttp(http, pause),
      apiBaseUrl(session.accountCredential(), server),
    )
    return syncHostedState({api, files, clock, server, session, access}, request)
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
