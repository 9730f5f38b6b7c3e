import type {Got, Response} from 'got'
import {once} from 'node:events'
import type {Environment} from '../../domain/settings/environment.js'
import {tooLarge} from '../../domain/network/answer-limits.js'
import {UnreachableError} from '../../domain/errors/remote.js'
import {codeOf} from '../../domain/errors/system-error.js'
import type {HttpStream} from '../../domain/network/http.js'
import {networkError} from '../../domain/network/network-error.js'
import {proxyFor} from '../../domain/network/proxy.js'
import {authoritiesOf} from './authorities.js'
import {chunksOf} from './chunks.js'
import {limitInterimAnswers} from './interim-answers.js'
import {headersOf, reasonOf} from './translation.js'
import {prepareTunnel} from './tunnel.js'

const CONNECT_MS = 10_000
// A reasoning model may think for minutes before its first token.
const SILENCE_MS = 300_000

/**
 * Requests by the only got instance whose answers are read while they arrive. The promise resolves
 * with the headers; later errors are thrown by the body.
 *
 * @param client - loads got at the first request
 * @throws {UnreachableError} from a request or its body, exit 69: DNS, connection, TLS, silence,
 *   the proxy, or an answer that was cut off
 * @throws {CancelledError} from a request or its body, exit 130, when its signal has no reason
 */
export function createStream(client: () => Promise<Got>, env: Environment): HttpStream {
  let single: ReturnType<typeof singleUseAgents> | undefined
  return async (request) => {
    const {method, url, headers, body, silenceMs = SILENCE_MS, signal, ownConnection} = request
    const proxy = proxyFor(url, env)
    const [got, tunnel] = await Promise.all([
      client(),
      proxy && prepareTunnel(proxy, CONNECT_MS, env),
    ])
    const agents = tunnel?.agents ?? (ownConnection && (await (single ??= singleUseAgents())))
    let refused: Error | undefined
    const translated = (error: unknown): Error => {
      if (signal?.aborted === true) return reasonOf(signal)
      const way = {proxyVariable: proxy?.variable, authorities: authoritiesOf(env)}
      return refused ?? tunnel?.trouble(url, error) ?? networkError(error, url, way)
    }
    const broken = (error: unknown): Error => {
      if (signal?.aborted === true) return reasonOf(signal)
      return brokenAnswer(error, url, silenceMs)
    }
    const stream = got.stream(url, {
      method,
      // Compression would hold back data until there is more of it.
      headers: {'accept-encoding': 'identity', ...headers},
      ...(body !== undefined && {body}),
      ...(agents && {agent: agents}),
      timeout: {connect: CONNECT_MS, secureConnect: CONNECT_MS},
      ...(signal && {signal}),
    })
    const chunks = chunksOf(stream, silenceMs)
    limitInterimAnswers(stream, (most) => {
      refused = tooLarge(url.host, most)
      stream.destroy(refused)
    })
    const close = (): void => {
      stream.destroy()
      tunnel?.close()
    }
    const patience = setTimeout(() => {
      stream.destroy(Object.assign(new Error('No answer came.'), {code: 'ETIMEDOUT'}))
    }, silenceMs)
    try {
      const answered = once(stream, 'response') as Promise<[Response]>
      const [answer] = await answered
      const trouble = tunnel?.trouble(url)
      if (trouble !== undefined) throw trouble
      return {
        status: answer.statusCode,
        headers: headersOf(answer.headers),
        body: untilEnd(chunks, {broken, close}),
        close,
      }
    } catch (error) {
      close()
      throw error instanceof UnreachableError ? error : translated(error)
    } finally {
      clearTimeout(patience)
    }
  }
}

/** Their connections are used once; TLS sessions are reused. */
async function singleUseAgents() {
  const [http, https] = await Promise.all([import('node:http'), import('node:https')])
  return {http: new http.Agent(), https: new https.Agent()}
}

async function* untilEnd(
  chunks: AsyncIterable<Uint8Array>,
  {broken, close}: {broken: (error: unknown) => Error; close: () => void},
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* chunks
  } catch (error) {
    throw broken(error)
  } finally {
    close()
  }
}

/** got's error holds the request with its Authorization header. */
function brokenAnswer(error: unknown, {host}: URL, silenceMs: number): UnreachableError {
  const isSilence = codeOf(error) === 'ETIMEDOUT'
  return new UnreachableError(
    isSilence
      ? `${host} stopped in the middle of its answer: nothing came for ${silenceMs / 1000} s.`
      : `${host} cut the connection in the middle of its answer.`,
  )
}
