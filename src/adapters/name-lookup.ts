import {execFile} from 'node:child_process'
import {isIP} from 'node:net'
import {UnreachableError} from '../domain/errors/remote.js'
import {wordsFor} from '../domain/errors/system-error.js'
import {isLoopback} from '../domain/network/addresses.js'
import type {Http} from '../domain/network/http.js'
import {proxyFor} from '../domain/network/proxy.js'
import {unsetting} from '../domain/platform/shell.js'
import {browserEnvironment} from '../domain/settings/child-environment.js'
import type {Environment} from '../domain/settings/environment.js'

const LOOKUP =
  "require('node:dns').lookup(process.argv[1], (e) => console.log(e ? e.code : 'found'))"
const CODE = /^[A-Z][A-Z_]{1,30}$/

/**
 * Requests that are only made when the name of whom they are made to can be looked up within a
 * time. Where no server of names answers, the system goes on asking for half a minute and more, and
 * no process ends before that, whatever it does: so another one asks, which can be killed.
 *
 * @throws {UnreachableError} from a request, exit 69, besides what `http` throws
 */
export function lookingUpFirst(http: Http, env: Environment, limitMs: number): Http {
  const known = new Map<string, Promise<string>>()
  return async (request) => {
    const proxy = proxyFor(request.url, env)
    const way = proxy?.address ?? request.url
    const name = way.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(name) === 0 && !isLoopback(way)) {
      const answer = known.get(name) ?? lookUp(name, env, limitMs)
      known.set(name, answer)
      const code = await answer
      if (code !== 'found') throw notFound(code, way.host, proxy?.variable)
    }
    return http(request)
  }
}

/** `found`, or the system's code for why not; `ETIMEDOUT` where nobody answers. */
async function lookUp(name: string, env: Environment, limitMs: number): Promise<string> {
  return new Promise((resolve) => {
    const options = {env: browserEnvironment(env), timeout: limitMs, windowsHide: true}
    const args = ['-e', LOOKUP, '--', name]
    execFile(process.execPath, args, {...options, killSignal: 'SIGKILL'}, (error, stdout) => {
      const said = stdout.trim()
      if (error?.killed === true) resolve('ETIMEDOUT')
      // Where no process can be started, the request itself tells what is wrong.
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
