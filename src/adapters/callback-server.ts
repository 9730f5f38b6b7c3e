import {once} from 'node:events'
import {createServer} from 'node:http'
import type {IncomingMessage, Server, ServerResponse} from 'node:http'
import {codeOf} from '../domain/errors/system-error.js'
import type {Socket} from 'node:net'
import {CALLBACK_PATH, errorText, redirectUriFor} from '../domain/login/callback-rules.js'
import type {GenuineCallback, Judgement} from '../domain/login/callback-rules.js'
import type {UnopenedPort} from '../domain/login/unopened-ports.js'
import {pathOf, queryOf, statusOfMisfit} from './callback-server/callback-request.js'
import {answerGarbage, limitConnections, MAX_HEADER_BYTES} from './callback-server/connections.js'
import {outcomePage, refusalPage, stoppedPage} from './callback-server/callback-pages.js'
import {type DonePage, leadToDonePage} from './callback-server/done-page.js'
import type {CallbackPage, LoginOutcome} from './callback-server/callback-pages.js'

export type {LoginOutcome} from './callback-server/callback-pages.js'

const HOST = '127.0.0.1'
const DEFAULT_MAX_REQUEST_MS = 5000
// Any page can send errors to our port: a few are worth showing, a flood is not.
const MAX_HINTS = 5
const MAX_FLUSH_MS = 1000
const PASTE_INSTEAD = 'Copy the address of this page, and paste it at the terminal.'

const UNPROVEN =
  'It reports an error, but does not show that it belongs to this login. The login still waits.'

/**
 * The one genuine callback. The browser waits until `respond` is called; only the first call
 * counts.
 */
export interface ServerCallback {
  readonly judgement: GenuineCallback
  readonly respond: (outcome: LoginOutcome) => void
}

export interface CallbackServer {
  readonly port: number
  readonly redirectUri: string
  /** Stays pending when no genuine callback comes; never rejects. */
  readonly answer: Promise<ServerCallback>
  /**
   * Sends pending responses, at most 1 s, then closes everything: the port is free. Only while the
   * browser still has to request the page that it was redirected to, this continues in the
   * background: 2 s at most.
   */
  readonly close: () => Promise<void>
}

export interface CallbackServerOptions {
  /** Tried in this order; 0 is any free one. */
  readonly ports: readonly number[]
  readonly judge: (query: URLSearchParams) => Judgement
  /** A printable line: each text once, at most five, none after the genuine callback. */
  readonly onHint: (text: string) => void
  /** One of our sentences, for each callback that is refused. */
  readonly onRefused?: (why: string) => void
  /** Called for each port that cannot be opened, whatever the reason. */
  readonly onUnopened?: (unopened: UnopenedPort) => void
  /** Called once, when a request exceeds the size limit: its address has to be pasted. */
  readonly onTooLong?: () => void
  /** How long a request may take to arrive; five seconds when absent. */
  readonly maxRequestMs?: number
}

/**
 * Waits on 127.0.0.1 for the authorization response (RFC 8252 §7.3, §8.3). Accepts one genuine
 * callback; everything else gets 4xx and changes nothing.
 *
 * @returns undefined when no port can be opened: in use, forbidden, or in a sandbox
 */
export async function openCallbackServer(
  options: CallbackServerOptions,
): Promise<CallbackServer | undefined> {
  const {maxRequestMs = DEFAULT_MAX_REQUEST_MS} = options
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: maxRequestMs,
    requestTimeout: maxRequestMs,
    connectionsCheckingInterval: 500,
    requireHostHeader: false, // we answer that with a page
  })
  server.on('clientError', (error, socket: Socket) => {
    answerGarbage(error, socket, tooLong)
  })
  server.on('error', ignore) // such as a connection that could not be accepted
  const port = await listen(server, options)
  if (port === undefined) return undefined

  const redirectUri = redirectUriFor(port)
  const {host} = new URL(redirectUri) // in the browser's form: without port 80
  const hints = new Set<string>()
  let isTooLongTold = false
  let held: ServerResponse | undefined
  let done: DonePage | undefined
  let closing: Promise<void> | undefined
  const connections = limitConnections(server, (socket) => held?.socket === socket)

  const answer = new Promise<ServerCallback>((resolve) => {
    server.on('request', (request, response) => {
      response.on('error', ignore)
      const donePath = done?.path()
      const misfit = statusOfMisfit(request, host, [CALLBACK_PATH, donePath])
      if (misfit !== undefined) {
        send(response, refusalPage(misfit, misfit === 431 ? tooLong() : undefined))
      } else if (pathOf(request) === donePath) done?.answer(response)
      else send(response, take(request, response))
    })

    /** The page to send now; undefined for the response that is held. */
    function take(request: IncomingMessage, response: ServerResponse): CallbackPage | undefined {
      const judgement = options.judge(queryOf(request))
      if (judgement.kind === 'refused') {
        options.onRefused?.(judgement.why)
        return refusalPage(400, judgement.why)
      }
      if (judgement.kind === 'hint') {
        hint(errorText(judgement))
        return refusalPage(400, UNPROVEN)
      }
      if (held !== undefined) return refusalPage(409)
      held = response
      resolve({
        judgement,
        respond: (outcome) => {
          if (isWaiting(response)) done = leadToDonePage(response, outcomePage(outcome))
        },
      })
      return undefined
    }
  })

  /** Reports the page's message, and once to the terminal. */
  function tooLong(): string {
    if (held === undefined && !isTooLongTold) {
      isTooLongTold = true
      options.onTooLong?.()
    }
    return PASTE_INSTEAD
  }

  function hint(text: string): void {
    if (held !== undefined || hints.size >= MAX_HINTS || hints.has(text)) return
    hints.add(text)
    options.onHint(text)
  }

  async function close(): Promise<void> {
    if (held !== undefined) await finish(held)
    if (done === undefined) await end()
    else void done.over.then(end)
  }

  async function end(): Promise<void> {
    const closed = once(server, 'close')
    server.close()
    for (const connection of connections) connection.destroy()
    await closed
  }

  return {port, redirectUri, answer, close: () => (closing ??= close())}
}

async function listen(
  server: Server,
  {ports, onUnopened}: CallbackServerOptions,
): Promise<number | undefined> {
  for (const port of ports) {
    try {
      server.listen({host: HOST, port, exclusive: true})
      await once(server, 'listening')
      const address = server.address()
      return typeof address === 'object' && address !== null ? address.port : port
    } catch (error) {
      onUnopened?.({port, code: codeOf(error) ?? 'unknown'})
    }
  }
  return undefined
}

/** Sends the page, if there is one, none was sent before and the browser still waits. */
function send(response: ServerResponse, page: CallbackPage | undefined): void {
  if (page === undefined || !isWaiting(response)) return
  response.writeHead(page.status, page.headers).end(page.html)
}

function isWaiting(response: ServerResponse): boolean {
  return !response.headersSent && !response.destroyed
}

/**
 * Resolves when the page was handed to the operating system, the browser disconnected, or time ran
 * out.
 */
async function finish(response: ServerResponse): Promise<void> {
  send(response, stoppedPage())
  if (response.destroyed) return
  await once(response, 'close', {signal: AbortSignal.timeout(MAX_FLUSH_MS)}).catch(ignore)
}

function ignore(): void {
  // An error of one connection does not affect the login.
}
