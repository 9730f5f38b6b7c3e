import type {ResponseType} from '@mogplex/plugin-kit/session'
import {hostOf} from '../../domain/network/addresses.js'
import type {Credential} from '../../domain/credential/credential.js'
import type {ScopeMissingError} from '../../domain/errors/access.js'
import {RequestRefusedError} from '../../domain/errors/api.js'
import {answeredBy} from '../../domain/errors/server-facts.js'
import type {Http, HttpAnswer, HttpRequest, HttpStream} from '../../domain/network/http.js'
import {asRecord, parseJson} from '../../domain/text/json.js'
import {type Ask, createAsk, notUnderstood} from './ask.js'
import {bytesOf, openingHttp, responseOf} from './opened-answer.js'
import {refusalOf, scopeMissing} from './refusal.js'

const TIMEOUT_MS = 15_000
const CODE = /^[A-Z][A-Z_]{1,40}$/
const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
}

/** A request to any route of Mogplex's API; the kit's rules have validated the path. */
export interface RouteRequest {
  readonly method: HttpRequest['method']
  readonly path: string
  /** Bytes are sent unchanged, everything else as JSON. */
  readonly body: unknown
  readonly contentType: string | undefined
  readonly responseType: ResponseType
  readonly idempotencyKey: string | undefined
  /** The server does it once, however often it is requested. */
  readonly repeatable: boolean
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal | undefined
}

/** The clients for whole answers and for streams. */
interface RouteHttp {
  readonly whole: Http
  /** A client without repeats, and one that repeats what may be repeated. */
  readonly stream: HttpStream
  readonly patient: (http: Http, isHarmless: boolean) => Http
}

/**
 * Calls any route (contract 6), and returns the answer in the requested form: JSON without its
 * envelope.
 *
 * @param baseUrl - the site root, without a trailing slash
 * @throws {RequestRefusedError} exit 1: 400, 404, 409 and other refusals, with the API's code
 * @throws {CredentialRejectedError} exit 64; {ScopeMissingError} exit 65: 403
 * @throws {RemoteError} exit 69; {RateLimitedError} exit 75; {CancelledError} exit 130
 */
export function createRoute({whole, stream, patient}: RouteHttp, baseUrl: string) {
  return async (request: RouteRequest, credential: Credential): Promise<unknown> => {
    const {responseType, timeoutMs = TIMEOUT_MS, repeatable} = request
    if (responseType === 'bytes' || responseType === 'response') {
      const opening = openingHttp(stream, timeoutMs)
      await accepted(
        createAsk(patient(opening.http, repeatable), baseUrl),
        request,
        credential,
        baseUrl,
      )
      const answer = opening.opened()
      return responseType === 'response'
        ? responseOf(answer)
        : bytesOf(answer, new URL(baseUrl).host)
    }
    const ask = createAsk(patient(whole, repeatable), baseUrl)
    const answer = await accepted(ask, request, credential, baseUrl)
    if (responseType === 'text') return answer.body
    if (answer.status === 204) return undefined
    const envelope = asRecord(parseJson(answer.body))
    if (envelope?.ok !== true) throw notUnderstood(baseUrl, answer.status)
    return envelope.data
  }
}

/** The response to a request, unless it is a refusal. */
async function accepted(
  ask: Ask,
  {timeoutMs = TIMEOUT_MS, responseType, ...request}: RouteRequest,
  credential: Credential,
  baseUrl: string,
): Promise<HttpAnswer> {
  const {method, path, body, contentType, idempotencyKey, signal} = request
  const answer = await ask({
    method,
    path,
    credential,
    idempotencyKey,
    timeoutMs,
    signal,
    ...(responseType !== 'json' && {accept: '*/*', mayBeHtml: true}),
    ...(body instanceof Uint8Array
      ? {body, contentType: contentType ?? 'application/octet-stream'}
      : {body: body === undefined ? undefined : JSON.stringify(body)}),
  })
  if (answer.status < 400) return answer
  throw answeredBy(answer, refusal(answer, method, credential, baseUrl))
}

function refusal(
  {status, body}: HttpAnswer,
  method: HttpRequest['method'],
  credential: Credential,
  baseUrl: string,
): RequestRefusedError | ScopeMissingError {
  const {code, said} = refusalOf(body)
  if (status === 403) return scopeMissing(method, said, credential, baseUrl)
  const known = typeof code === 'string' && CODE.test(code) ? code : undefined
  return new RequestRefusedError(
    `${hostOf(baseUrl)} refuses the request (status ${status})${said === undefined ? '' : `: ${said}`}.`,
    known ?? CODES[status] ?? 'REQUEST_REFUSED',
    status === 404
      ? 'Check the name or id; `mogplex whoami` says which account is asked.'
      : 'Change what is asked for.',
  )
}
