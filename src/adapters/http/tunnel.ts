import type {Agent as HttpAgent} from 'node:http'
import type {Agent as HttpsAgent} from 'node:https'
import {UnreachableError} from '../../domain/errors/remote.js'
import {proxyRefusal, proxyUnreachable} from '../../domain/network/proxy-error.js'
import type {Proxy} from '../../domain/network/proxy.js'
import type {Environment} from '../../domain/settings/environment.js'
import {authoritiesOf} from './authorities.js'

const MAX_PATIENCE_MS = 10_000

/** The connection of one request through a proxy (`CONNECT`, RFC 9110 §9.3.6). */
interface Tunnel {
  readonly agents: {readonly http: HttpAgent; readonly https: HttpsAgent}
  /**
   * The error to show where the proxy refused; `undefined` where it did not. A refusal looks like
   * the host's own answer to the sender of the request, so check after each request.
   *
   * @param failure - the error of the request; absent when it got an answer
   */
  trouble(url: URL, failure?: unknown): UnreachableError | undefined
  /** Closes a connection on which the proxy stays silent: it would keep the process alive. */
  close(): void
}

/**
 * Prepares the connection; it is opened only with the request.
 *
 * @param timeoutMs - of the request, whose own timer does not run before there is a connection
 * @param env - names the trusted certificates
 */
export async function prepareTunnel(
  proxy: Proxy,
  timeoutMs: number,
  env: Environment,
): Promise<Tunnel> {
  const {HttpsProxyAgent} = await import('https-proxy-agent')
  const {address, authorization} = proxy
  const over = new AbortController()
  const silence = Object.assign(new Error('The proxy says nothing.'), {code: 'ETIMEDOUT'})
  const patience = setTimeout(() => over.abort(silence), Math.min(timeoutMs, MAX_PATIENCE_MS))
  let status: number | undefined
  // Never with the user in its address: the library prints that when DEBUG is set.
  const agent = new HttpsProxyAgent(address.href, {
    signal: over.signal,
    ...(authorization && {headers: {'Proxy-Authorization': authorization.reveal()}}),
  })
  agent.on('proxyConnect', (answer: {statusCode: number}) => {
    status = answer.statusCode
    clearTimeout(patience)
  })
  return {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- for both
    agents: {http: agent, https: agent},
    trouble(url, failure) {
      if (status === 200) return undefined
      if (status !== undefined) return proxyRefusal(proxy, status, url)
      const cause = over.signal.aborted ? silence : failure
      return proxyUnreachable(proxy, cause, authoritiesOf(env))
    },
    close() {
      clearTimeout(patience)
      if (status === undefined) over.abort(silence)
    },
  }
}
