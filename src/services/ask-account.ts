import {requestPath} from '@mogplex/plugin-kit/rules'
import type {RequestOptions, Scope} from '@mogplex/plugin-kit/session'
import type {RouteRequest} from '../adapters/mogplex-api/any-route.js'
import type {Credential} from '../domain/credential/credential.js'
import {ScopeMissingError} from '../domain/errors/access.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import {rightsOf} from '../domain/credential/identity.js'
import {asRecord} from '../domain/text/json.js'
import type {AccountAccess} from './account-access.js'
import type {CredentialSession} from './credential-session.js'

interface AskPorts {
  readonly session: Pick<CredentialSession, 'require' | 'resolution'>
  readonly access: Pick<AccountAccess, 'use'>
  readonly ask: (request: RouteRequest, credential: Credential) => Promise<unknown>
  readonly mayWrite: (credential: Credential) => Promise<boolean>
}

/** An MCP server of the account, with its secrets: for memory only. */
interface McpServer {
  readonly name: string
  readonly enabled: boolean
  readonly config: Readonly<Record<string, unknown>>
}

/**
 * Calls Mogplex's API for a plugin: only its own routes, and without showing the credential to the
 * plugin.
 *
 * @throws {BadPathError} exit 1, before anything is sent
 * @throws {CancelledError} exit 130; errors of `adapters/mogplex-api/any-route`
 */
export async function askAccount(
  {access, ask}: AskPorts,
  path: string,
  options: RequestOptions = {},
): Promise<unknown> {
  const {method = 'GET', responseType = 'json', body, contentType, ...rest} = options
  const {idempotencyKey, repeatable = idempotencyKey !== undefined, signal, timeoutMs} = rest
  const request = {
    method,
    path: requestPath(path, options),
    body,
    contentType,
    responseType,
    idempotencyKey,
    repeatable,
    timeoutMs,
    signal,
  }
  try {
    return await access.use(async (credential) => ask(request, credential), {signal})
  } catch (error) {
    if (signal?.aborted !== true) throw error
    throw new CancelledError('The request was interrupted.', 'Run the command again.')
  }
}

/** Whether the account may do this; the scopes of an API key are requested from the server. */
export async function mayAccount(ports: AskPorts, scope: Scope): Promise<boolean> {
  const {session, access, mayWrite} = ports
  const {account} = session.resolution
  if (account.kind === 'none') return false
  session.require('account') // throws for a malformed variable
  const rights = account.kind === 'credential' ? rightsOf(account.credential) : []
  if (rights !== undefined) return rights.includes(scope)
  if (scope === 'write') return access.use(mayWrite)
  try {
    await askAccount(ports, '/models')
    return true
  } catch (error) {
    if (error instanceof ScopeMissingError) return false
    throw error
  }
}

/** The MCP servers of the account. Their `config` is hidden when one is printed. */
export async function mcpServersOf(
  ports: AskPorts,
  options: Pick<RequestOptions, 'signal'> = {},
): Promise<McpServer[]> {
  const servers = asRecord(await askAccount(ports, '/mcp/servers', options))?.servers
  return (Array.isArray(servers) ? servers : []).flatMap((value: unknown): McpServer[] => {
    const {name, enabled, config} = asRecord(value) ?? {}
    if (typeof name !== 'string' || typeof enabled !== 'boolean') return []
    const server = {name, enabled, config: asRecord(config) ?? {}}
    return [Object.defineProperty(server, 'config', {enumerable: false})]
  })
}
