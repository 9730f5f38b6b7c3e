import type {CustomFetchOptions} from 'oauth4webapi'
import {type AnswerLimits, SIGN_IN_LIMITS} from '../../domain/network/answer-limits.js'
import {type Http, type HttpAnswer, isSuccess} from '../../domain/network/http.js'

/** How the library's requests are sent. */
export interface Transport {
  readonly http: Http
  /** Plain http to this machine is allowed. */
  readonly loopbackHttp: boolean
  readonly signal?: AbortSignal | undefined
}

type Method = 'GET' | 'POST'
type Body = URLSearchParams | undefined

/**
 * Options for oauth4webapi's requests, so that they use our HTTP client. Each answer is checked
 * first: the library turns a text 429, an empty 400 and HTML all into one error without a status.
 *
 * @param look - may throw one of our errors, and may return a changed body
 */
export async function oauthTransport(
  {http, loopbackHttp, signal}: Transport,
  look: (answer: HttpAnswer) => string,
  limits: AnswerLimits = SIGN_IN_LIMITS,
) {
  const {allowInsecureRequests, customFetch} = await loadSymbols()
  const fetch = async (
    url: string,
    {method, headers, body}: CustomFetchOptions<Method, Body>,
  ): Promise<Response> => {
    const answer = await http({
      method,
      url: new URL(url),
      headers,
      ...(body !== undefined && {body: body.toString()}),
      limits,
      signal,
    })
    const status = answer.status >= 200 && answer.status < 600 ? answer.status : 502
    const hasNoBody = status === 204 || status === 205 || status === 304
    return new Response(hasNoBody ? null : look(answer), {
      status: isSuccess(status) && !hasNoBody ? 200 : status, // the library accepts no other status
      // JSON is detected by parsing; some servers set another content type.
      headers: {'content-type': 'application/json'},
    })
  }
  return {[allowInsecureRequests]: loopbackHttp, [customFetch]: fetch}
}

async function loadSymbols() {
  const oauth = await import('oauth4webapi')
  return {
    customFetch: oauth.customFetch,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out
    allowInsecureRequests: oauth.allowInsecureRequests,
  }
}
