import type {Response} from 'got'
import type {Environment} from '../domain/environment.js'
import {RemoteError} from '../domain/errors/remote.js'
import type {Http, HttpAnswer, StreamingHttp} from '../domain/http.js'
import {networkError} from '../domain/network-error.js'
import {proxyFor} from '../domain/proxy.js'
import {createStream} from './http/stream.js'
import {headersOf, reasonOf} from './http/translation.js'
import {prepareTunnel} from './http/tunnel.js'

const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/**
 * Makes the one got instance; got itself is loaded at the first request, and what leads through a
 * proxy at the first that needs it.
 *
 * @param env - names the proxies: `HTTPS_PROXY`, `NO_PROXY` and the like
 * @throws {UnreachableError} from a request, exit 69: DNS, connection, TLS, time, or the proxy
 * @throws {RemoteError} from a request, exit 69: an answer that is too long
 * @throws {CancelledError} from a request, exit 130, when its signal ends it without a reason
 */
export function createHttp(userAgent: string, env: Environment = {}): StreamingHttp {
  let loaded: ReturnType<typeof load> | undefined
  const client = async () => (loaded ??= load(userAgent))
  const http: Http = async (request) => {
    const {method, url, headers, body, signal} = request
    const {timeoutMs = 30_000, maxBytes = MAX_ANSWER_BYTES} = request
    const proxy = proxyFor(url, env)
    const [got, tunnel] = await Promise.all([client(), proxy && prepareTunnel(proxy, timeoutMs)])
    const tooLarge = new AbortController()
    const pending = got(url, {
      method,
      ...(headers !== undefined && {headers}),
      ...(body !== undefined && {body}),
      ...(tunnel && {agent: tunnel.agents}),
      timeout: {connect: 10_000, secureConnect: 10_000, request: timeoutMs},
      signal: AbortSignal.any(signal === undefined ? [tooLarge.signal] : [tooLarge.signal, signal]),
    })
    void pending.on('downloadProgress', ({transferred}) => {
      if (transferred > maxBytes) tooLarge.abort()
    })
    try {
      const answer = await pending
      const trouble = tunnel?.trouble(url)
      if (trouble !== undefined) throw trouble
      return answerOf(answer)
    } catch (error) {
      if (signal?.aborted === true) throw reasonOf(signal)
      if (tooLarge.signal.aborted) throw new RemoteError(`${url.host} answered with too much.`)
      throw tunnel?.trouble(url, error) ?? networkError(error, url, proxy?.variable)
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
    headers: {'user-agent': userAgent},
  })
}

function answerOf({statusCode, headers, body}: Response<string>): HttpAnswer {
  return {status: statusCode, headers: headersOf(headers), body}
}
