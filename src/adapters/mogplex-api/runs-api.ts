import {hostOf} from '../../domain/addresses.js'
import type {Credential} from '../../domain/credential.js'
import {ScopeMissingError} from '../../domain/errors/access.js'
import {NoSuchRunError} from '../../domain/errors/run.js'
import type {Http, HttpAnswer} from '../../domain/http.js'
import {asRecord, asText, parseJson} from '../../domain/json.js'
import {printable} from '../../domain/printable.js'
import {parseEvents, type RunEvent} from '../../domain/run/run-event.js'
import {isUuid, parseRun, type Run} from '../../domain/run/run.js'
import {createAsk, notUnderstood} from './ask.js'

/** The service gives the first 200 events of a run and no cursor (contract 7). */
export const WINDOW = 200
const RUNS = '/api/v1/mogplex/runs'
// 200 events of 20,000 characters, and room for a server that does not cut them.
const MAX_EVENTS_BYTES = 64 * 1024 * 1024

/** Mogplex's API, as far as runs go (contract 7). */
export interface RunsApi {
  run(runId: string, credential: Credential, signal: AbortSignal): Promise<Run>
  events(
    runId: string,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<{run: Run; events: RunEvent[]}>
  cancel(runId: string, credential: Credential, signal: AbortSignal): Promise<Run>
  repositoryName(
    repoId: string,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<string | undefined>
}

/**
 * All methods throw:
 *
 * - {NoSuchRunError} exit 1: 404, or a 400 or 500 for an id that is no UUID
 * - {CredentialRejectedError} exit 64; {ScopeMissingError} exit 65: 403
 * - {RemoteError} exit 69: unreachable, 5xx, not understood; {RateLimitedError} exit 75: 429
 *
 * @param baseUrl - the site root, without a trailing slash
 */
export function createRunsApi(http: Http, baseUrl: string): RunsApi {
  const ask = createAsk(http, baseUrl)

  async function askRun(
    [method, path]: readonly ['GET' | 'POST', string],
    runId: string,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<Record<string, unknown>> {
    const answer = await ask({
      ...{method, path: `${RUNS}/${runId}${path}`, credential, signal},
      ...{maxBytes: MAX_EVENTS_BYTES, expects: isUuid(runId) ? undefined : 500},
    })
    const {status} = answer
    if (status === 404 || (!isUuid(runId) && (status === 400 || status === 500))) {
      throw new NoSuchRunError(runId, nameOf(credential))
    }
    if (status === 403) throw mayNot(method, answer, credential, baseUrl)
    const data = dataOf(answer)
    if (data === undefined) throw notUnderstood(baseUrl, status)
    return data
  }

  const understood = (run: Run | undefined): Run => {
    if (run === undefined) throw notUnderstood(baseUrl, 200)
    return run
  }

  return {
    async run(runId, credential, signal) {
      return understood(parseRun((await askRun(['GET', ''], runId, credential, signal)).run))
    },
    async events(runId, credential, signal) {
      const data = await askRun(['GET', `/events?limit=${WINDOW}`], runId, credential, signal)
      if (!Array.isArray(data.events)) throw notUnderstood(baseUrl, 200)
      return {run: understood(parseRun(data.run)), events: parseEvents(data.events)}
    },
    async cancel(runId, credential, signal) {
      const data = await askRun(['POST', '/cancel'], runId, credential, signal)
      return understood(parseRun(data.run))
    },
    async repositoryName(repoId, credential, signal) {
      const path = `/api/v1/mogplex/repos?id=${encodeURIComponent(repoId)}`
      const repos = dataOf(await ask({method: 'GET', path, credential, signal}))?.repos
      const repo = asRecord(Array.isArray(repos) ? repos[0] : undefined)
      return repo?.id === repoId ? printable(asText(repo.full_name) ?? '', 200) : undefined
    },
  }
}

/** What is in the envelope (contract 6), when it says that all is well. */
function dataOf({status, body}: HttpAnswer): Record<string, unknown> | undefined {
  const envelope = status >= 200 && status < 300 ? asRecord(parseJson(body)) : undefined
  return envelope?.ok === true ? asRecord(envelope.data) : undefined
}

function nameOf({account, source}: Credential): string {
  if (account !== undefined) return account.email ?? account.id
  return source.type === 'env' ? `by ${source.variable}` : 'not named'
}

function mayNot(
  method: 'GET' | 'POST',
  {body}: HttpAnswer,
  {source}: Credential,
  baseUrl: string,
): ScopeMissingError {
  const said = asText(asRecord(asRecord(parseJson(body))?.error)?.message)
  const scope = method === 'GET' ? 'read' : 'write'
  const why = said === undefined ? `it needs the scope \`${scope}\`` : printable(said)
  return new ScopeMissingError(
    `${hostOf(baseUrl)} does not allow this: ${why.replace(/\.$/, '')}.`,
    source.type === 'env'
      ? `Set ${source.variable} to a key with the scope \`${scope}\`.`
      : 'Run `mogplex login`.',
  )
}
