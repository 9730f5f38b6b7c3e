import {hostOf} from '../../domain/network/addresses.js'
import type {Credential} from '../../domain/credential/credential.js'
import {ScopeMissingError} from '../../domain/errors/access.js'
import {RequestRefusedError} from '../../domain/errors/api.js'
import {answeredBy} from '../../domain/errors/server-facts.js'
import type {Http, HttpAnswer, HttpRequest} from '../../domain/network/http.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'
import {createAsk, notUnderstood} from './ask.js'

const TIMEOUT_MS = 15_000
const CODE = /^[A-Z][A-Z_]{1,40}$/
const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
}

/** A request to whichever route of Mogplex's API; the path as `domain/api-path` makes it. */
export interface RouteRequest {
  readonly method: HttpRequest['method']
  readonly path: string
  readonly body: unknown
  readonly idempotencyKey: string | undefined
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * Asks any route (contract 6), and takes the answer out of its envelope.
 *
 * @param baseUrl - the site root, without a trailing slash
 * @throws {RequestRefusedError} exit 1: 400, 404, 409 and other refusals, with the API's code
 * @throws {CredentialRejectedError} exit 64; {ScopeMissingError} exit 65: 403
 * @throws {RemoteError} exit 69; {RateLimitedError} exit 75; {CancelledError} exit 130
 */
export function createRoute(http: Http, baseUrl: string) {
  const ask = createAsk(http, baseUrl)
  return async (
    {method, path, body, idempotencyKey, timeoutMs = TIMEOUT_MS, signal}: RouteRequest,
    credential: Credential,
  ): Promise<unknown> => {
    const answer = await ask({
      ...{method, path, credential, idempotencyKey, timeoutMs, signal},
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const {status} = answer
    if (status >= 400) {
      throw answeredBy(answer, refusal(answer, method, credential, baseUrl))
    }
    if (status === 204) return undefined
    const envelope = asRecord(parseJson(answer.body))
    if (envelope?.ok !== true) throw notUnderstood(baseUrl, status)
    return envelope.data
  }
}

function refusal(
  {status, body}: HttpAnswer,
  method: HttpRequest['method'],
  {source}: Credential,
  baseUrl: string,
): RequestRefusedError | ScopeMissingError {
  const host = hostOf(baseUrl)
  const {code, message} = asRecord(asRecord(parseJson(body))?.error) ?? {}
  const said = printable(asText(message) ?? '').replace(/\.$/, '')
  if (status === 403) {
    const scope = method === 'GET' ? 'read' : 'write'
    const why = said === '' ? `it needs the scope \`${scope}\`` : said
    return new ScopeMissingError(
      `${host} does not allow this: ${why}.`,
      source.type === 'env'
        ? `Set ${source.variable} to a key with the scope \`${scope}\`.`
        : 'Run `mogplex login`.',
    )
  }
  const known = typeof code === 'string' && CODE.test(code) ? code : undefined
  return new RequestRefusedError(
    `${host} refuses the request (status ${status})${said === '' ? '' : `: ${said}`}.`,
    known ?? CODES[status] ?? 'REQUEST_REFUSED',
    status === 404
      ? 'Check the name or id; `mogplex whoami` says which account is asked.'
      : 'Change what is asked for.',
  )
}
