import {execFile} from 'node:child_process'
import {isIP} from 'node:net'
import {UnreachableError} from '../../domain/errors/remote.js'
import {wordsFor} from '../../domain/errors/system-error.js'
import {isLoopback} from '../../domain/network/addresses.js'
import type {HttpRequest, HttpStreamRequest, StreamingHttp} from '../../domain/network/http.js'
import {proxyFor} from '../../domain/network/proxy.js'
import {unsetting} from '../../domain/platform/shell.js'
import {browserEnvironment} from '../../domain/settings/child-environment.js'
import type {Environment} from '../../domain/settings/environment.js'
import {reasonOf} from './translation.js'

const LOOKUP =
  "require('node:dns').lookup(process.argv[1], (e) => console.log(e ? e.code : 'found'))"
const CODE = /^[A-Z][A-Z_]{1,30}$/

/**
 * Requests that are sent only when the host's name can be looked up within a time limit. Where no
 * DNS server answers, the system keeps trying for half a minute and more, and no process can exit
 * before that: so a separate process does the lookup, which can be killed.
 *
 * @throws {UnreachableError} from a request, exit 69, besides the errors of `http`
 */
export function lookingUpFirst(
  http: StreamingHttp,
  env: Environment,
  limitMs: number,
): StreamingHttp {
  const known = new Map<string, Promise<string>>()
  const look = async ({url, signal}: Pick<HttpRequest, 'signal' | 'url'>): Promise<void> => {
    const proxy = proxyFor(url, env)
    const way = proxy?.address ?? url
    const name = way.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(name) !== 0 || isLoopback(way)) return
    const answer = known.get(name) ?? lookUp(name, env, {limitMs, signal})
    known.set(name, answer)
    const code = await answer
    if (signal?.aborted === true) throw reasonOf(signal)
    if (code === 'found') return
    known.delete(name) // the network may be there when it is tried again
    throw notFound(code, way.host, proxy?.variable)
  }
  return Object.assign(
    async (request: HttpRequest) => {
      await look(request)
      return http(request)
    },
    {
      async stream(request: HttpStreamRequest) {
        await look(request)
        return http.stream(request)
      },
    },
  )
}

/** `found`, or the system's error code; `ETIMEDOUT` where nothing answers. */
async function lookUp(
  name: string,
  env: Environment,
  {limitMs, signal}: {readonly limitMs: number; readonly signal: AbortSignal | undefined},
): Promise<string> {
  return new Promise((resolve) => {
    const options = {
      env: browserEnvironment(env),
      timeout: limitMs,
      windowsHide: true,
      ...(signal && {signal}),
    }
    const args = ['-e', LOOKUP, '--', name]
    execFile(process.execPath, args, {...options, killSignal: 'SIGKILL'}, (error, stdout) => {
      const said = stdout.trim()
      if (error?.killed === true) resolve('ETIMEDOUT')
      // Where no process can be started, the request itself shows what is wrong.
      else resolve(CODE.test(said) ? said : 'found')
    })
  })
}

function notFound(code: string, host: string, variable: string | undefined): UnreachableError {
  const what = variable === undefined ? host : `The proxy ${host} of ${variable}`
  const why =
    code === 'ETIMEDOUT'
      ? 'no name server answers (DNS)'
      : (wordsFor(code) ?? `its name cannot be looked up (${code})`)
  const remedy =
    variable === undefined
      ? 'Check the network of this machine, and the address.'
      : `Check ${variable}, or \`${unsetting(variable)}\` where no proxy is needed.`
  return new UnreachableError(`${what} cannot be reached: ${why}.`, remedy, false)
}
