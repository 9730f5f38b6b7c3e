import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AccountReport} from '@mogplex/plugin-kit/session'
import type {HostedFiles} from '../adapters/hosted-files.js'
import {NotSyncedError} from '../domain/errors/hosted-state.js'
import {LocalFileError} from '../domain/errors/local-files.js'
import {hostedAccountOf} from '../domain/hosted/hosted-account.js'
import {filterByText, type HostedCopy, type HostedList} from '../domain/hosted/hosted-state.js'
import type {Server} from '../domain/network/api-address.js'
import {accountReport} from '../domain/credential/identity.js'
import type {McpServerEntry} from '../domain/hosted/mcp-servers.js'
import type {ModelEntry} from '../domain/hosted/model-catalog.js'
import type {CredentialSession} from './credential-session.js'
import type {FetchedList, SyncOutcome, SyncRequest, SyncSummary} from './sync-hosted-state.js'

export interface ListRequest extends SyncRequest {
  /** Sync first. */
  readonly refresh: boolean
  /** Only entries that contain each of these words. */
  readonly text?: string | undefined
}

/** A list to show. */
export interface Listing<T> {
  readonly entries: readonly T[]
  /** The total number, including entries that the filter leaves out. */
  readonly total: number
  readonly syncedAt: Date
  readonly account: AccountReport
}

export interface ListPorts {
  readonly files: Pick<HostedFiles, 'readMcpServers' | 'readModels'>
  readonly server: Server
  readonly session: Pick<CredentialSession, 'accountCredential'>
  readonly sync: (request: SyncRequest) => Promise<SyncSummary>
}

/**
 * Lists the models from our copy, without network; with `refresh` both lists are synced first. An
 * empty list means that the account may call none.
 *
 * @throws {NotSyncedError} exit 1, when there is no copy for this account
 * @throws {MogplexError} with `refresh`, when this list could not be synced: 64, 65, 69, 75, 130
 */
export async function listModels(
  ports: ListPorts,
  request: ListRequest,
): Promise<Listing<ModelEntry>> {
  let fetched: HostedCopy<ModelEntry> | undefined
  if (request.refresh) {
    const keep = (list: FetchedList): void => {
      if (list.what === 'models') fetched = list.copy
    }
    orThrow((await ports.sync({...quietAbout('models', request), keep})).models)
  }
  return listing(ports, request, 'models', (account) => fetched ?? ports.files.readModels(account))
}

/** Lists the MCP servers, as {@link listModels} does. */
export async function listMcpServers(
  ports: ListPorts,
  request: ListRequest,
): Promise<Listing<McpServerEntry>> {
  let fetched: HostedCopy<McpServerEntry> | undefined
  if (request.refresh) {
    const keep = (list: FetchedList): void => {
      if (list.what === 'mcp-servers') fetched = list.copy
    }
    orThrow((await ports.sync({...quietAbout('mcp-servers', request), keep})).mcpServers)
  }
  return listing(
    ports,
    request,
    'mcp-servers',
    (account) => fetched ?? ports.files.readMcpServers(account),
  )
}

/** The failure of this list is thrown, so it is not also reported; a failed write is reported. */
function quietAbout(list: HostedList, {tell, signal}: SyncRequest): SyncRequest {
  return {
    signal,
    tell(event) {
      const isThrown = event.type === 'failed' && event.what === list && !isUnstored(event.error)
      if (!isThrown) tell?.(event)
    },
  }
}

function orThrow(outcome: SyncOutcome): void {
  if ('error' in outcome && !isUnstored(outcome.error)) throw outcome.error
}

/** It was fetched and can be shown: only our copy of it cannot be written. */
function isUnstored(error: MogplexError): boolean {
  return error instanceof LocalFileError
}

function listing<T extends object>(
  ports: ListPorts,
  {text = ''}: ListRequest,
  list: HostedList,
  read: (account: ReturnType<typeof hostedAccountOf>) => HostedCopy<T> | undefined,
): Listing<T> {
  const credential = ports.session.accountCredential()
  const copy = read(hostedAccountOf(credential, ports.server))
  if (copy === undefined) throw new NotSyncedError(list)
  return {
    entries: filterByText(copy.entries, text),
    total: copy.entries.length,
    syncedAt: copy.syncedAt,
    account: accountReport(credential, ports.server.issuer),
  }
}
