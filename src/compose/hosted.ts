import {apiBaseUrl} from '../domain/network/api-address.js'
import type {Credential} from '../domain/credential/credential.js'
import {NotLoggedInError} from '../domain/errors/authentication.js'
import {isSameLogin} from '../domain/hosted/hosted-account.js'
import type {HostedCounts} from '../domain/hosted/hosted-state.js'
import type {McpServerEntry} from '../domain/hosted/mcp-servers.js'
import type {ModelEntry} from '../domain/hosted/model-catalog.js'
import type {AccountAccess} from '../services/account-access.js'
import type {Listing, ListRequest} from '../services/list-hosted-state.js'
import type {SyncRequest, SyncSummary} from '../services/sync-hosted-state.js'
import {observedSync} from '../recording/observed-work.js'
import type {World} from './world.js'

/** The lists of the account. */
export interface Hosted {
  readonly models: (request: ListRequest) => Promise<Listing<ModelEntry>>
  readonly mcpServers: (request: ListRequest) => Promise<Listing<McpServerEntry>>
  readonly sync: (request: SyncRequest) => Promise<SyncSummary>
  readonly clear: () => HostedCounts
}

export function composeHosted(
  {session, http, clock, hostedFiles: files, recorder}: World,
  access: AccountAccess,
): Hosted {
  const credential = (): Credential => {
    session.require('account')
    const {account} = session.resolution
    if (account.kind !== 'credential') throw new NotLoggedInError()
    return account.credential
  }
  const isStillInUse = (used: Credential): boolean => {
    session.refresh()
    const account = session.tryResolution()?.account
    return isSameLogin(used, account?.kind === 'credential' ? account.credential : undefined)
  }
  const sync = observedSync(async (request: SyncRequest): Promise<SyncSummary> => {
    const [{syncHostedState}, {createHostedApi}, {pause}] = await Promise.all([
      import('../services/sync-hosted-state.js'),
      import('../adapters/mogplex-api/hosted-api.js'),
      import('../adapters/pause.js'),
    ])
    const server = session.settings
    const api = createHostedApi(http, apiBaseUrl(credential(), server))
    const ports = {api, files, clock, pause, server, isStillInUse}
    return syncHostedState({...ports, access}, request)
  }, recorder)
  const listPorts = async () => {
    const {guardResults} = await import('../recording/guarded-output.js')
    await guardResults()
    return {files, server: session.settings, credential, sync}
  }
  return {
    sync,
    clear: () => files.clear(),
    async models(request) {
      const {listModels} = await import('../services/list-hosted-state.js')
      return listModels(await listPorts(), request)
    },
    async mcpServers(request) {
      const {listMcpServers} = await import('../services/list-hosted-state.js')
      return listMcpServers(await listPorts(), request)
    },
  }
}
