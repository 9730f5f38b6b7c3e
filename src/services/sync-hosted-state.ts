import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Clock} from '../adapters/clock.js'
import type {HostedFiles} from '../adapters/hosted-files.js'
import type {HostedApi} from '../adapters/mogplex-api/hosted-api.js'
import type {Server} from '../domain/network/api-address.js'
import type {Credential} from '../domain/credential/credential.js'
import {ListOfOthersError, LoginChangedError} from '../domain/errors/hosted-state.js'
import {hostedAccountOf} from '../domain/hosted/hosted-account.js'
import {
  type HostedAccount,
  type HostedCopy,
  type HostedList,
  isSameAccount,
} from '../domain/hosted/hosted-state.js'
import type {McpServerEntry} from '../domain/hosted/mcp-servers.js'
import type {ModelEntry} from '../domain/hosted/model-catalog.js'
import type {AccountAccess} from './account-access.js'
import type {CredentialSession} from './credential-session.js'

/** The progress of the sync, for the caller to show. */
export type SyncEvent =
  | {readonly type: 'done'; readonly what: HostedList; readonly count: number}
  | {readonly type: 'failed'; readonly what: HostedList; readonly error: MogplexError}
  | {readonly type: 'started'; readonly what: HostedList}

/** The result for one list: how many entries are stored now, or why none are. */
export type SyncOutcome = {readonly count: number} | {readonly error: MogplexError}

export interface SyncSummary {
  readonly models: SyncOutcome
  readonly mcpServers: SyncOutcome
}

export interface SyncPorts {
  readonly api: HostedApi
  readonly files: Pick<HostedFiles, 'clear' | 'ownerOf' | 'storeMcpServers' | 'storeModels'>
  readonly clock: Clock
  /** The server in use. */
  readonly server: Server
  readonly access: Pick<AccountAccess, 'credential' | 'use'>
  readonly session: Pick<CredentialSession, 'isStillInUse' | 'storedOfMogplex'>
  /** Finds out whether the account's login is accepted for prompts. */
  readonly checkPromptAcceptance: (signal: AbortSignal | undefined) => Promise<void>
}

export interface SyncRequest {
  readonly tell?: ((event: SyncEvent) => void) | undefined
  /**
   * Receives what was fetched for the account that is still in use, whether or not it can be
   * stored.
   */
  readonly keep?: ((fetched: FetchedList) => void) | undefined
  /** Ends the sync, with the reason as the error. */
  readonly signal?: AbortSignal | undefined
}

export type FetchedList =
  | {readonly what: 'models'; readonly copy: HostedCopy<ModelEntry>}
  | {readonly what: 'mcp-servers'; readonly copy: HostedCopy<McpServerEntry>}

interface List<T> {
  readonly what: HostedList
  readonly keep: (copy: HostedCopy<T>) => void
  readonly ask: () => Promise<T[]>
  readonly store: (copy: HostedCopy<T>) => Promise<void>
}

interface Round extends SyncPorts, SyncRequest {
  readonly used: Credential
  readonly account: HostedAccount
  /** Whether a copy stays unchanged: see {@link theirs}. */
  readonly isTheirs: (owner: HostedAccount) => boolean
}

/**
 * Fetches both lists in parallel and stores them for the account. When one fails, the other is
 * still stored, and the old copy of the failed one stays; a copy of another account is removed,
 * unless a variable's key is a guest in a home where somebody else is signed in. Nothing is stored
 * once the login has changed. Then the server is asked whether it accepts the login for prompts.
 *
 * @throws {MogplexError} exit 64, when there is no credential; 1, when the copy of another account
 *   cannot be removed; {CancelledError} exit 130, or the signal's reason
 */
export async function syncHostedState(
  ports: SyncPorts,
  request: SyncRequest = {},
): Promise<SyncSummary> {
  const {api, files} = ports
  const {signal} = request
  const used = await ports.access.credential({signal})
  const account = hostedAccountOf(used, ports.server)
  const round: Round = {...ports, ...request, used, account, isTheirs: theirs(ports, used)}
  const {failures} = files.clear(
    (owner) => owner !== undefined && !isSameAccount(owner, account) && !round.isTheirs(owner),
  )
  for (const failure of failures) throw failure
  const [models, mcpServers] = await Promise.allSettled([
    syncList(round, {
      what: 'models',
      keep: (copy) => request.keep?.({what: 'models', copy}),
      ask: async () => ports.access.use(async (fresh) => api.models(fresh, signal), {signal}),
      store: async (copy) => files.storeModels(copy),
    }),
    syncList(round, {
      what: 'mcp-servers',
      keep: (copy) => request.keep?.({what: 'mcp-servers', copy}),
      ask: async () => ports.access.use(async (fresh) => api.mcpServers(fresh, signal), {signal}),
      store: async (copy) => files.storeMcpServers(copy),
    }),
  ])
  const summary = {models: settled(models, signal), mcpServers: settled(mcpServers, signal)}
  // A server that returned neither list would not answer this either.
  if (Object.values(summary).some(isDone)) await ports.checkPromptAcceptance(signal)
  return summary
}

function isDone(outcome: SyncOutcome): boolean {
  return 'count' in outcome
}

/** The signed-in account's lists stay, whatever key a variable holds. */
function theirs({session, server}: SyncPorts, used: Credential): Round['isTheirs'] {
  if (used.source.type === 'file') return () => false
  const account = hostedAccountOf(used, server)
  const stored = session.storedOfMogplex().map((credential) => hostedAccountOf(credential, server))
  return (owner) =>
    !isSameAccount(owner, account) && stored.some((each) => isSameAccount(each, owner))
}

function settled(
  result: PromiseSettledResult<SyncOutcome>,
  signal: AbortSignal | undefined,
): SyncOutcome {
  if (result.status === 'fulfilled') return result.value
  signal?.throwIfAborted()
  throw result.reason
}

async function syncList<T>(round: Round, list: List<T>): Promise<SyncOutcome> {
  const {tell, signal} = round
  const {what} = list
  tell?.({type: 'started', what})
  try {
    const entries = await list.ask()
    await store(round, list, entries)
    tell?.({type: 'done', what, count: entries.length})
    return {count: entries.length}
  } catch (error) {
    if (!(error instanceof MogplexError) || signal?.aborted === true) throw error
    tell?.({type: 'failed', what, error})
    return {error}
  }
}

async function store<T>(round: Round, list: List<T>, entries: readonly T[]): Promise<void> {
  const {account, clock, files, used, session} = round
  if (!session.isStillInUse(used)) throw new LoginChangedError()
  const copy = {account, syncedAt: clock.now(), entries}
  list.keep(copy)
  const owner = files.ownerOf(list.what)
  if (owner !== undefined && round.isTheirs(owner)) throw new ListOfOthersError()
  await list.store(copy)
  // A logout may have removed everything between the check and the write.
  if (session.isStillInUse(used)) return
  files.clear((owner) => isSameAccount(owner, account))
  throw new LoginChangedError()
}
