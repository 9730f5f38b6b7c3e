import {hostOf} from '../../domain/network/addresses.js'
import {MAX_MODELS, MAX_SERVERS, tooLarge} from '../../domain/network/answer-limits.js'
import type {Credential} from '../../domain/credential/credential.js'
import {answeredBy} from '../../domain/errors/server-facts.js'
import type {Http} from '../../domain/network/http.js'
import {asRecord, parseJson} from '../../domain/text/json.js'
import {type McpServerEntry, parseMcpServers} from '../../domain/hosted/mcp-servers.js'
import {type ModelEntry, parseModels} from '../../domain/hosted/model-catalog.js'
import {createAsk, notUnderstood} from './ask.js'
import {scopeMissing} from './refusal.js'

// Shorter than a person would wait, since an unanswered request is repeated.
const TIMEOUT_MS = 15_000

interface List<T> {
  readonly path: string
  /** The member of `data` that holds the list. */
  readonly member: string
  readonly most: number
  readonly parse: (values: readonly unknown[]) => T[]
}

const MODELS: List<ModelEntry> = {
  path: '/models',
  member: 'models',
  most: MAX_MODELS,
  parse: parseModels,
}
const SERVERS: List<McpServerEntry> = {
  path: '/mcp/servers',
  member: 'servers',
  most: MAX_SERVERS,
  parse: parseMcpServers,
}

/** Mogplex's API for the lists of an account (contract 8 and 9). */
export interface HostedApi {
  /** The models that the account may call; an empty list means that it may call none. */
  models(credential: Credential, signal?: AbortSignal): Promise<ModelEntry[]>
  /** The MCP servers, without the secrets in the answer. */
  mcpServers(credential: Credential, signal?: AbortSignal): Promise<McpServerEntry[]>
}

/**
 * Both methods throw:
 *
 * - {CredentialRejectedError} exit 64: 401, a redirect, or HTML where JSON was expected
 * - {ScopeMissingError} exit 65: the credential has no scope `read`
 * - {RemoteError} exit 69: unreachable within 15 s, 5xx, not understood, too long a list
 * - {RateLimitedError} exit 75: 429
 * - {CancelledError} exit 130, or the signal's reason
 *
 * @param baseUrl - the site root, without a trailing slash
 */
export function createHostedApi(http: Http, baseUrl: string): HostedApi {
  const ask = createAsk(http, baseUrl)

  async function list<T>(
    {path, member, most, parse}: List<T>,
    credential: Credential,
    signal: AbortSignal | undefined,
  ): Promise<T[]> {
    const answer = await ask({
      method: 'GET',
      path: `/api/v1/mogplex${path}`,
      credential,
      timeoutMs: TIMEOUT_MS,
      signal,
    })
    const {status, body} = answer
    if (status === 403)
      throw answeredBy(answer, scopeMissing('GET', undefined, credential, baseUrl))
    const envelope = status === 200 ? asRecord(parseJson(body)) : undefined
    const values = envelope?.ok === true ? asRecord(envelope.data)?.[member] : undefined
    if (!Array.isArray(values)) throw notUnderstood(baseUrl, status)
    if (values.length > most) throw tooLarge(hostOf(baseUrl), `${most} ${member}`)
    const entries = parse(values)
    // That would look like an account without entries.
    if (entries.length === 0 && values.length > 0) throw notUnderstood(baseUrl, status)
    return entries
  }

  return {
    models: async (credential, signal) => list(MODELS, credential, signal),
    mcpServers: async (credential, signal) => list(SERVERS, credential, signal),
  }
}
