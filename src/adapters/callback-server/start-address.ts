import {randomBytes} from 'node:crypto'
import {once} from 'node:events'
import {createServer} from 'node:http'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {Socket} from 'node:net'
import {LoginFailedError} from '../../domain/errors/authentication.js'
import {refusalPage} from './callback-pages.js'
import {isPrefetch} from './callback-request.js'
import {answerGarbage, limitConnections, MAX_HEADER_BYTES} from './connections.js'
import {peerUserOf} from './peer-user.js'

const HOST = '127.0.0.1'
const MAX_REQUEST_MS = 5000
const OPEN_THE_OTHER = 'Open the address that the terminal shows.'

export interface StartAddress {
  readonly url: URL
  /** Rejects (exit 64) when an unknown visitor requests it again; never resolves. */
  readonly reused: Promise<never>
  readonly close: () => void
}

export interface StartAddressOptions {
  /** The target: the authorization request. */
  readonly target: URL
  /** The user ids that may be redirected; `undefined` where the system has none. */
  readonly users: readonly number[] | undefined
  /** Finds the user of a connection; by the system when absent. */
  readonly userOf?: (socket: Socket) => number | undefined
}

/**
 * An address on 127.0.0.1 that redirects a browser to the authorization request, once. A browser
 * gets its address on a command line, which every user of the machine can read: with the request
 * itself on it, another user could authorize with her own account on its `state` and its code
 * challenge, and submit the answer (RFC 8252 §8.1). Here only this user is redirected, where the
 * system identifies users; where it does not, a second visitor ends the sign-in.
 *
 * @returns `undefined` where no port on 127.0.0.1 can be opened
 */
export async function openStartAddress({
  target,
  users,
  userOf = peerUserOf,
}: StartAddressOptions): Promise<StartAddress | undefined> {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: MAX_REQUEST_MS,
    requestTimeout: MAX_REQUEST_MS,
    keepAlive: false,
  })
  server.on('clientError', (error, socket: Socket) => {
    answerGarbage(error, socket, () => OPEN_THE_OTHER)
  })
  limitConnections(server, () => false)
  try {
    server.listen({host: HOST, port: 0, exclusive: true})
    await once(server, 'listening')
  } catch {
    return undefined
  }
  server.on('error', () => undefined)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = new URL(`http://${HOST}:${port}/auth/start/${randomBytes(16).toString('base64url')}`)
  let isUsed = false
  const reused = new Promise<never>((_resolve, reject) => {
    server.on('request', (request, response) => {
      const user = userOf(request.socket)
      const isKnown = user !== undefined && users !== undefined
      const isStranger = isKnown && !users.includes(user)
      if (isStranger || !isAskedFor(request, url)) refuse(response, 404)
      else if (isUsed) {
        refuse(response, 410)
        if (!isKnown) reject(reuse())
      } else {
        isUsed = true
        lead(response, target)
      }
    })
  })
  reused.catch(() => undefined) // the login may have ended by then
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return {url, reused, close}
}

/** This user, root (as the relay of WSL connects), and the user who became root by `sudo`. */
export function usersHere(sudoUser: string | undefined): readonly number[] | undefined {
  const user = process.geteuid?.()
  if (user === undefined) return undefined
  return [user, 0, ...(user === 0 && sudoUser !== undefined ? [Number(sudoUser)] : [])]
}

/** A prefetch is not a visit; a rebound name belongs to another host. */
function isAskedFor(request: IncomingMessage, {host, pathname}: URL): boolean {
  const {method, headers, url: path} = request
  return method === 'GET' && headers.host === host && path === pathname && !isPrefetch(request)
}

function lead(response: ServerResponse, {href}: URL): void {
  const headers = {'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', Location: href}
  response.writeHead(303, {...headers, Connection: 'close'}).end()
}

function refuse(response: ServerResponse, status: 404 | 410): void {
  const page = refusalPage(status)
  response.writeHead(page.status, page.headers).end(page.html)
}

function reuse(): LoginFailedError {
  return new LoginFailedError(
    'The address with which the browser was opened was requested twice: somebody else on this machine may have read it. Nothing was stored.',
    'Run `mogplex login --no-browser --expect-account EMAIL`, and open the address yourself.',
    'START_ADDRESS_REUSED',
  )
}
