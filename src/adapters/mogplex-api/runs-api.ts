import {hostOf} from '../../domain/network/addresses.js'
import {EVENTS_LIMITS, MAX_EVENTS, tooLarge} from '../../domain/network/answer-limits.js'
import {accountWord, type Credential} from '../../domain/credential/credential.js'
import {NoSuchRunError, RunRefusedError} from '../../domain/errors/run.js'
import {answeredBy} from '../../domain/errors/server-facts.js'
import type {Http, HttpAnswer} from '../../domain/network/http.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {outsideText} from '../../domain/text/outside-text.js'
import {printable} from '../../domain/text/printable.js'
import {parseEvents, type RunEvent} from '../../domain/run/run-event.js'
import {instantOf, isUuid, parseRun, type Run} from '../../domain/run/run.js'
import {createAsk, notUnderstood} from './ask.js'
import {refusalOf, scopeMissing} from './refusal.js'

/** The service gives the first 200 events of a run and no cursor (contract 7). */
export const WINDOW = 200
const V1 = '/api/v1/mogplex'
// Short, because only a name is requested.
const NAME_TIMEOUT_MS = 3000

export interface RunQuery {
  readonly runId: string
  readonly credential: Credential
  readonly signal: AbortSignal
  /** It has answered before: a failure now does not mean a wrong id. */
  readonly isKnown?: boolean
}

/** Mogplex's API for runs (contract 7). */
export interface RunsApi {
  run(question: RunQuery): Promise<{run: Run}>
  events(question: RunQuery): Promise<{run: Run; events: RunEvent[]}>
  cancel(question: RunQuery): Promise<{run: Run; wasOver: boolean}>
  repositoryName(
    repoId: string,
    question: Pick<RunQuery, 'credential' | 'signal'>,
  ): Promise<string | undefined>
}

interface RunAnswerData {
  readonly run: Run
  readonly data: Record<string, unknown>
}

/**
 * All methods throw:
 *
 * - {NoSuchRunError} exit 1: 404, or a 400 or 500 for an id that is not a UUID
 * - {RunRefusedError} exit 1: 409
 * - {CredentialRejectedError} exit 64; {ScopeMissingError} exit 65: 403
 * - {RemoteError} exit 69: unreachable, 5xx, not understood; {RateLimitedError} exit 75: 429
 *
 * @param baseUrl - the site root, without a trailing slash
 */
export function createRunsApi(http: Http, baseUrl: string): RunsApi {
  const ask = createAsk(http, baseUrl)

  async function askRun(
    [method, path]: readonly ['GET' | 'POST', string],
    {runId, credential, signal, isKnown = false}: RunQuery,
  ): Promise<RunAnswerData> {
    const mayBeNoId = !isKnown && !isUuid(runId)
    const answer = await ask({
      method,
      path: `${V1}/runs/${runId}${path}`,
      credential,
      signal,
      limits: EVENTS_LIMITS,
      expects: mayBeNoId ? 500 : undefined,
    })
    const {status, headers} = answer
    if (status === 404 || (mayBeNoId && (status === 400 || status === 500))) {
      const error = new NoSuchRunError(runId, await ownerOf(credential, signal))
      throw answeredBy(answer, error)
    }
    if (status === 403 || status === 409) {
      const {said} = refusalOf(answer.body)
      throw answeredBy(
        answer,
        status === 403
          ? scopeMissing(method, said, credential, baseUrl)
          : new RunRefusedError(hostOf(baseUrl), said ?? 'the state of the run does not allow it'),
      )
    }
    const data = dataOf(answer)
    const run = parseRun(data?.run, instantOf(headers.date), runId)
    if (data === undefined || run === undefined) throw notUnderstood(baseUrl, status)
    return {run, data}
  }

  /**
   * The account whose runs were requested; for an API key, the server has to be asked (contract 5).
   */
  async function ownerOf(credential: Credential, signal: AbortSignal): Promise<string> {
    const {account, source} = credential
    const known = accountWord(account)
    if (known !== undefined) return known
    const path = '/api/auth/user'
    const answer = await ask({
      method: 'GET',
      path,
      credential,
      signal,
      timeoutMs: NAME_TIMEOUT_MS,
    }).catch(() => undefined)
    const email = outsideText(asRecord(asRecord(parseJson(answer?.body ?? ''))?.user)?.email)
    if (email !== undefined) return email.printable()
    return source.type === 'env' ? `that of ${source.variable}` : 'it has no name'
  }

  return {
    run: async (question) => askRun(['GET', ''], question),
    async events(question) {
      const {run, data} = await askRun(['GET', `/events?limit=${WINDOW}`], question)
      const events = data.events ?? []
      if (!Array.isArray(events)) throw notUnderstood(baseUrl, 200)
      if (events.length > MAX_EVENTS) throw tooLarge(hostOf(baseUrl), `${MAX_EVENTS} events`)
      return {run, events: parseEvents(events)}
    },
    async cancel(question) {
      const {run, data} = await askRun(['POST', '/cancel'], question)
      return {run, wasOver: data.alreadyTerminal === true}
    },
    async repositoryName(repoId, {credential, signal}) {
      const path = `${V1}/repos?id=${encodeURIComponent(repoId)}`
      const timeoutMs = NAME_TIMEOUT_MS
      const answer = await ask({method: 'GET', path, credential, signal, timeoutMs})
      const repos = dataOf(answer)?.repos
      const repo = asRecord(Array.isArray(repos) ? repos[0] : undefined)
      return repo?.id === repoId ? printable(asText(repo.full_name) ?? '', 200) : undefined
    },
  }
}

/** The contents of the envelope (contract 6), when it reports success. */
function dataOf({status, body}: HttpAnswer): Record<string, unknown> | undefined {
  const envelope = status >= 200 && status < 300 ? asRecord(parseJson(body)) : undefined
  return envelope?.ok === true ? asRecord(envelope.data) : undefined
}
