import {hostOf} from '../../domain/network/addresses.js'
import {sizeText, tooLarge} from '../../domain/network/answer-limits.js'
import type {Credential} from '../../domain/credential/credential.js'
import {ScopeMissingError} from '../../domain/errors/access.js'
import {answeredBy} from '../../domain/errors/server-facts.js'
import {parseMessages, type RpcMessage} from '../../domain/mcp/message.js'
import {type HttpStream, type HttpStreamAnswer, isSuccess} from '../../domain/network/http.js'
import {createAsk, notUnderstood, rejection} from './ask.js'
import {eventData, type StreamPosition} from './event-data.js'
import {openingHttp} from './opened-answer.js'

const PATH = '/api/v1/mogplex/mcp'
const MAX_BYTES = 64 * 1024 * 1024
const SILENCE_MS = 60_000
/** The longest a tool may take; its host, or the person, gives up before that. */
const LONG_SILENCE_MS = 3_600_000
/** The maximum of a timer: a stream of notifications may be silent forever. */
const NO_LIMIT_MS = 2 ** 31 - 1
const END_MS = 1000

/** What identifies a client to a server of the Model Context Protocol. */
export interface McpSession {
  readonly id: string | undefined
  readonly protocolVersion: string | undefined
}

/** A server's answer, as far as it has arrived. */
export interface McpStream {
  /** To be read once; leaving the loop closes the connection. */
  readonly messages: AsyncIterable<RpcMessage>
  /** Where it can be resumed when it is cut off. */
  readonly position: StreamPosition
  /** Closes the connection, for callers that do not read them. */
  readonly close: () => void
}

export interface McpAnswer extends McpStream {
  /** The headers of a session that the server began. */
  readonly sessionId: string | undefined
}

interface McpRequest {
  readonly credential: Credential
  readonly session: McpSession
  readonly signal: AbortSignal
  /** The answer may take long: a tool is working on it. */
  readonly mayTakeLong?: boolean
}

/** Mogplex's MCP server (contract 7), or another one in its place. */
export interface McpEndpoint {
  /** Sends a message. @returns `undefined` where the server no longer knows the session */
  post(text: string, question: McpRequest): Promise<McpAnswer | undefined>
  /**
   * Messages that the server sends unprompted, or the rest of an answer that was cut off.
   *
   * @param after - the id of the last received event
   * @returns `undefined` where it does not support that
   */
  listen(question: McpRequest, after?: string): Promise<McpStream | undefined>
  /** Ends a session. */
  end(question: McpRequest): Promise<void>
}

interface Opening {
  readonly body?: string
  readonly silenceMs: number
  readonly after?: string | undefined
}

/**
 * Streamable HTTP (Model Context Protocol 2025-11-25, transports). All methods and `messages`
 * throw:
 *
 * - {CredentialRejectedError} exit 64: 401, a redirect, or a page; {ScopeMissingError} exit 65: 403
 * - {RemoteError} exit 69: unreachable, cut off, 5xx, not understood; {RateLimitedError} exit 75:
 *   429
 *
 * @param baseUrl - the site root, without a trailing slash
 */
export function createMcpEndpoint(stream: HttpStream, baseUrl: string): McpEndpoint {
  const host = hostOf(baseUrl)

  async function open(
    method: 'DELETE' | 'GET' | 'POST',
    {credential, session, signal}: McpRequest,
    {body, silenceMs, after}: Opening,
  ) {
    // A call must not get lost on a closed connection.
    const alone: HttpStream = async (request) => stream({...request, ownConnection: true})
    const opening = openingHttp(alone, silenceMs)
    const answer = await createAsk(
      opening.http,
      baseUrl,
    )({
      method,
      path: PATH,
      credential,
      body,
      signal,
      accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
      headers: {
        ...(session.id !== undefined && {'mcp-session-id': session.id}),
        ...(after !== undefined && {'last-event-id': after}),
        ...(session.protocolVersion !== undefined && {
          'mcp-protocol-version': session.protocolVersion,
        }),
      },
    })
    if (isSuccess(answer.status)) return {opened: opening.opened()}
    if (answer.status === 403) throw answeredBy(answer, forbidden(credential, host))
    return {refused: answer}
  }

  async function* messagesIn(
    {status, headers, body}: HttpStreamAnswer,
    credential: Credential,
    position: StreamPosition,
  ): AsyncGenerator<RpcMessage, void> {
    const type = headers['content-type'] ?? ''
    const refuse = (): Error => tooLarge(host, sizeText(MAX_BYTES))
    if (type.startsWith('text/event-stream')) {
      for await (const data of eventData(body, position, MAX_BYTES, refuse)) {
        yield* parseMessages(data)
      }
      return
    }
    const text = await wholeText(body, refuse)
    if (text.trimStart().startsWith('<'))
      throw rejection({status, headers, body: text}, credential, baseUrl)
    yield* parseMessages(text)
  }

  return {
    async post(body, question) {
      const {session, credential, mayTakeLong = false} = question
      const silenceMs = mayTakeLong ? LONG_SILENCE_MS : SILENCE_MS
      const {opened, refused} = await open('POST', question, {body, silenceMs})
      if (opened !== undefined) {
        const position = {}
        return {
          position,
          close: () => opened.close(),
          sessionId: opened.headers['mcp-session-id'],
          messages: messagesIn(opened, credential, position),
        }
      }
      if (refused.status === 404 && session.id !== undefined) return undefined
      const messages = parseMessages(refused.body)
      if (messages.length === 0) throw notUnderstood(baseUrl, refused.status)
      const close = (): void => undefined
      return {sessionId: undefined, position: {}, close, messages: listed(messages)}
    },
    async listen(question, after) {
      const {opened} = await open('GET', question, {silenceMs: NO_LIMIT_MS, after})
      if (opened?.headers['content-type']?.startsWith('text/event-stream') === true) {
        const position = {...(after !== undefined && {id: after})}
        const messages = messagesIn(opened, question.credential, position)
        return {position, close: () => opened.close(), messages}
      }
      opened?.close()
      return undefined
    },
    async end(question) {
      // Without any body, got would wait for one.
      const {opened} = await open('DELETE', question, {body: '', silenceMs: END_MS})
      opened?.close()
    },
  }
}

async function wholeText(body: AsyncIterable<Uint8Array>, refuse: () => Error): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > MAX_BYTES) throw refuse()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length).toString()
}

async function* listed<T>(values: readonly T[]): AsyncGenerator<T, void> {
  yield* values
}

function forbidden({source}: Credential, host: string): ScopeMissingError {
  return new ScopeMissingError(
    `${host} knows the credential, but does not allow this (403).`,
    source.type === 'env'
      ? `Set ${source.variable} to a key with more rights.`
      : 'Run `mogplex login` as somebody who is allowed to, with write access if needed.',
  )
}
