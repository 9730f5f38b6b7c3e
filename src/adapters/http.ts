import type {Response} from 'got'
import {
  excessOf,
  MAX_ANSWER_HEADER_BYTES,
  sizeText,
  tooLarge,
  USUAL_LIMITS,
} from '../domain/network/answer-limits.js'
import type {Environment} from '../domain/settings/environment.js'
import {AnswerTooLargeError} from '../domain/errors/remote.js'
import type {Http, HttpAnswer, StreamingHttp} from '../domain/network/http.js'
import {networkError} from '../domain/network/network-error.js'
import {proxyFor} from '../domain/network/proxy.js'
import {authoritiesOf} from './http/authorities.js'
import {limitInterimAnswers} from './http/interim-answers.js'
import {createStream} from './http/stream.js'
import {headersOf, reasonOf} from './http/translation.js'
import {prepareTunnel} from './http/tunnel.js'

/**
 * Creates the only got instance; got itself is loaded at the first request, and the proxy support
 * at the first request that needs it.
 *
 * @param env - the proxy settings: `HTTPS_PROXY`, `NO_PROXY` and the like
 * @throws {UnreachableError} from a request, exit 69: DNS, connection, TLS, timeout, or the proxy
 * @throws {AnswerTooLargeError} from a request, exit 69: an answer that exceeds its limits
 * @throws {CancelledError} from a request, exit 130, when its signal ends it without a reason
 */
export function createHttp(userAgent: string, env: Environment = {}): StreamingHttp {
  let loaded: ReturnType<typeof load> | undefined
  const client = async () => (loaded ??= load(userAgent))
  const http: Http = async (request) => {
    const {method, url, headers, body, signal} = request
    const {timeoutMs = 30_000, limits = USUAL_LIMITS} = request
    const proxy = proxyFor(url, env)
    const [got, tunnel] = await Promise.all([
      client(),
      proxy && prepareTunnel(proxy, timeoutMs, env),
    ])
    const over = new AbortController()
    const refuse = (most: string): void => over.abort(tooLarge(url.host, most))
    const pending = got(url, {
      method,
      ...(headers !== undefined && {headers}),
      ...(body !== undefined && {body}),
      ...(tunnel && {agent: tunnel.agents}),
      timeout: {connect: 10_000, secureConnect: 10_000, request: timeoutMs},
      signal: AbortSignal.any(signal === undefined ? [over.signal] : [over.signal, signal]),
    })
    void pending.on('downloadProgress', ({transferred}) => {
      if (transferred > limits.bytes) refuse(sizeText(limits.bytes))
    })
    limitInterimAnswers(pending, refuse)
    try {
      const answer = await pending
      const trouble = tunnel?.trouble(url)
      if (trouble !== undefined) throw trouble
      const excess = excessOf(answer.body, limits)
      if (excess !== undefined) throw tooLarge(url.host, excess)
      return answerOf(answer)
    } catch (error) {
      if (signal?.aborted === true) throw reasonOf(signal)
      if (error instanceof AnswerTooLargeError) throw error
      if (over.signal.aborted) throw reasonOf(over.signal)
      const way = {proxyVariable: proxy?.variable, authorities: authoritiesOf(env)}
      throw tunnel?.trouble(url, error) ?? networkError(error, url, way)
    } finally {
      tunnel?.close()
    }
  }
  return Object.assign(http, {stream: createStream(client, env)})
}

async function load(userAgent: string) {
  const {default: got} = await import('got')
  return got.extend({
    followRedirect: false,
    throwHttpErrors: false,
    retry: {limit: 0},
    maxHeaderSize: MAX_ANSWER_HEADER_BYTES,
    headers: {'user-agent': userAgent},
  })
}

function answerOf({statusCode, headers, body}: Response<string>): HttpAnswer {
  return {status: statusCode, headers: headersOf(headers), body}
}
