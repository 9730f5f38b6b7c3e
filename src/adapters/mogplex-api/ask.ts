import {hostOf, parseUrl} from '../../domain/network/addresses.js'
import type {AnswerLimits} from '../../domain/network/answer-limits.js'
import {bearerOf, type Credential} from '../../domain/credential/credential.js'
import {CredentialRejectedError, UnexpectedPageError} from '../../domain/errors/authentication.js'
import {RemoteError} from '../../domain/errors/remote.js'
import {answeredBy} from '../../domain/errors/server-facts.js'
import {type Http, type HttpAnswer, type HttpRequest, isSuccess} from '../../domain/network/http.js'
import {printable} from '../../domain/text/printable.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import {unsetting} from '../../domain/platform/shell.js'

const JSON_TYPE = 'application/json'

interface ApiRequest {
  readonly method: HttpRequest['method']
  /** From the site root, with the query. */
  readonly path: string
  readonly credential: Credential
  /** JSON, already in text, unless `contentType` says otherwise. */
  readonly body?: string | Uint8Array | undefined
  readonly contentType?: string | undefined
  /** JSON when absent. */
  readonly accept?: string
  readonly idempotencyKey?: string | undefined
  /** Headers besides those that every request has. */
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  readonly limits?: AnswerLimits
  /** An HTML body may be the answer itself, rather than a page in its place. */
  readonly mayBeHtml?: boolean
  /** A status that the caller handles, though it means failure elsewhere. */
  readonly expects?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Sends a request to Mogplex's API. The answer is accepted, but not parsed yet. */
export type Ask = (question: ApiRequest) => Promise<HttpAnswer>

/**
 * The requests throw:
 *
 * - {CredentialRejectedError} exit 64: 401; {UnexpectedPageError}: a redirect, or HTML where JSON
 *   was expected
 * - {RemoteError} exit 69: unreachable, 5xx
 * - {RateLimitedError} exit 75: 429
 *
 * @param baseUrl - the site root, without a trailing slash
 */
export function createAsk(http: Http, baseUrl: string): Ask {
  return async ({path, credential, expects, body, idempotencyKey, ...question}) => {
    const {contentType = JSON_TYPE, accept = JSON_TYPE, mayBeHtml = false, ...rest} = question
    const {headers, ...request} = rest
    const answer = await http({
      ...request,
      ...(body !== undefined && {body}),
      url: new URL(`${baseUrl}${path}`),
      headers: {
        ...headers,
        accept,
        ...(body !== undefined && {'content-type': contentType}),
        ...(idempotencyKey !== undefined && {'idempotency-key': idempotencyKey}),
        authorization: `Bearer ${bearerOf(credential).reveal()}`,
      },
    })
    if (answer.status === expects) return answer
    const trouble = serverTrouble(answer, baseUrl)
    if (trouble !== undefined) throw trouble
    if (!isAccepted(answer, mayBeHtml))
      throw answeredBy(answer, rejection(answer, credential, baseUrl))
    return answer
  }
}

export function notUnderstood(baseUrl: string, status: number): RemoteError {
  const message = `The answer of ${hostOf(baseUrl)} was not understood (status ${status}).`
  return answeredBy({status, headers: {}}, new RemoteError(message))
}

/**
 * A redirect to `/login`, or HTML where JSON was expected, means "not accepted here" (contract 3).
 */
function isAccepted({status, body}: HttpAnswer, mayBeHtml: boolean): boolean {
  if (status === 401 || (status >= 300 && status < 400)) return false
  return (mayBeHtml && isSuccess(status)) || !body.trimStart().startsWith('<')
}

/** Why an answer means that a credential is rejected, or that something else answers. */
export function rejection(
  {status, headers}: HttpAnswer,
  credential: Credential,
  baseUrl: string,
): CredentialRejectedError {
  const host = hostOf(baseUrl)
  const {source} = credential
  const what = source.type === 'env' ? source.variable : 'the stored login'
  const target = parseUrl(headers.location ?? '')
  if (target !== undefined && target.origin !== new URL(baseUrl).origin) {
    return new UnexpectedPageError(
      `${host} does not answer itself: it redirects to ${printable(target.host)}.`,
      `Set MOGPLEX_URL to ${printable(target.origin)} if you trust that address.`,
    )
  }
  const remedy =
    source.type === 'env'
      ? `Set ${source.variable} to a valid key, or \`${unsetting(source.variable)}\`.`
      : 'Run `mogplex login`.'
  return status === 401
    ? new CredentialRejectedError(`${host} rejects ${what}.`, remedy, true)
    : new UnexpectedPageError(`${host} does not accept ${what}.`, remedy)
}
