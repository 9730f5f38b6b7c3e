import {createHttp} from '../adapters/http.js'
import type {HttpRequest, HttpStreamRequest, StreamingHttp} from '../domain/network/http.js'
import type {Environment} from '../domain/settings/environment.js'

const LOOKUP_MS = 30_000
const LIMIT = /^--timeout(?:=|$)/

/**
 * The HTTP client of a session. A time limit on the command line also covers the DNS lookup, at the
 * cost of a process: see {@link lookingUpFirst}.
 *
 * @param argv - what was typed after `mogplex`
 */
export function sharedHttp(
  userAgent: string,
  env: Environment,
  argv: readonly string[],
): StreamingHttp {
  const http = createHttp(userAgent, env)
  if (!argv.some((word) => LIMIT.test(word))) return http
  let loading: Promise<StreamingHttp> | undefined
  const load = async (): Promise<StreamingHttp> => {
    const {lookingUpFirst} = await import('../adapters/http/name-lookup.js')
    return lookingUpFirst(http, env, LOOKUP_MS)
  }
  const limited = async (): Promise<StreamingHttp> => (loading ??= load())
  return Object.assign(async (request: HttpRequest) => (await limited())(request), {
    stream: async (request: HttpStreamRequest) => (await limited()).stream(request),
  })
}
