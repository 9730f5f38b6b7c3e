import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {McpAnswerCutError} from '../../domain/errors/mcp.js'
import {
  idKey,
  type RpcId,
  type RpcMessage,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
} from '../../domain/mcp/message.js'
import {
  announcingChanges,
  errorText,
  ownInitializeText,
  resultText,
  RPC_ERRORS,
  TOOLS_CHANGED,
  toolErrorText,
  troubleText,
} from '../../domain/mcp/own-answers.js'
import {isReading, readOnlyList, withoutTricks} from '../../domain/mcp/read-only.js'
import {messageOf} from '../../domain/text/thrown.js'
import type {ReadOnlyTools} from './read-only-tools.js'
import type {ServerConnection} from './server-connection.js'

export interface RelayPorts {
  readonly connection: Pick<ServerConnection, 'initialize' | 'notify' | 'send'>
  /** Writes a message to the host. */
  readonly write: (text: string) => Promise<void>
  /** The allowed tools, where not all are. */
  readonly readOnlyTools: Pick<ReadOnlyTools, 'forget' | 'has'> | undefined
  readonly version: string
}

const CANCELLED = new Error('Cancelled.')

/**
 * Relays the messages of a host to the server, and the answers to the host. Requests that the
 * server cannot get are answered here, so that the host need not restart. No tool call is sent
 * twice.
 */
export class Relay {
  readonly #ports: RelayPorts
  /** Unanswered requests. */
  readonly #asked = new Map<string, AbortController>()
  /** The handshake of host and server comes first: everything else waits for it. */
  #introduction: Promise<void> = Promise.resolve()
  #isIntroduced = false
  readonly #over = new AbortController()

  constructor(ports: RelayPorts) {
    this.#ports = ports
  }

  /** Answers a request of the host, unless it is cancelled. Never throws. */
  async answer(request: RpcRequest): Promise<void> {
    const key = idKey(request.id)
    if (this.#asked.has(key)) {
      const text = 'A request with this id is still being answered.'
      await this.#ports.write(errorText(request.id, RPC_ERRORS.request, text))
      return
    }
    const asked = new AbortController()
    const {signal} = asked
    this.#asked.set(key, asked)
    try {
      const text = await this.#answerTo(request, signal)
      if (!signal.aborted) await this.#ports.write(text)
    } finally {
      this.#asked.delete(key)
    }
  }

  /** Forwards a notification or an answer of the host. Never throws. */
  async pass(message: RpcNotification | RpcResponse): Promise<void> {
    const isIntroducing = methodOf(message) === 'notifications/initialized'
    const passing = this.#introduction.then(async () => this.#hand(message))
    if (isIntroducing) this.#introduction = passing
    await passing
    if (isIntroducing) this.#isIntroduced = true
  }

  /** Nothing is written for a request that the host has cancelled. */
  cancel({params}: RpcNotification): void {
    const {requestId} = params
    const isId = typeof requestId === 'string' || typeof requestId === 'number'
    if (isId) this.#asked.get(idKey(requestId))?.abort(CANCELLED)
  }

  /** Forwards an unprompted message of the server. */
  async forward(message: RpcMessage): Promise<void> {
    const isChange = methodOf(message) === 'notifications/tools/list_changed'
    if (isChange) this.#ports.readOnlyTools?.forget()
    await this.#ports.write(message.text)
  }

  /** Notifies the host that the list of tools may have changed. */
  toolsChanged(): void {
    this.#ports.readOnlyTools?.forget()
    if (this.#isIntroduced) void this.#ports.write(TOOLS_CHANGED)
  }

  /** Aborts all unanswered requests. */
  giveUp(): void {
    this.#over.abort(CANCELLED)
    for (const asked of this.#asked.values()) asked.abort(CANCELLED)
  }

  async #answerTo(request: RpcRequest, signal: AbortSignal): Promise<string> {
    const {id, method} = request
    try {
      if (method === 'ping') return resultText(id, {})
      if (method === 'initialize') return await this.#initialize(request, signal)
      await this.#introduction
      const refusal = await this.#refusal(request, signal)
      if (refusal !== undefined) return refusal
      const {readOnlyTools} = this.#ports
      const text = readOnlyTools === undefined ? request.text : withoutTricks(request)
      const answer = await this.#ask({...request, text}, signal)
      return readOnlyTools !== undefined && method === 'tools/list'
        ? readOnlyList(answer)
        : answer.text
    } catch (error) {
      return troubleWith(request, error)
    }
  }

  async #initialize(request: RpcRequest, signal: AbortSignal): Promise<string> {
    const {connection, version} = this.#ports
    const answering = connection.initialize(request, signal)
    this.#introduction = answering.then(ignore, ignore)
    try {
      return announcingChanges(await answering)
    } catch (error) {
      if (error instanceof MogplexError) return ownInitializeText(request, version, error)
      throw error
    }
  }

  /** The answer to a request that read-only mode does not allow. */
  async #refusal(
    {id, method, params}: RpcRequest,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const {readOnlyTools} = this.#ports
    if (readOnlyTools === undefined || isReading(method)) return undefined
    if (method !== 'tools/call') {
      return errorText(id, RPC_ERRORS.method, `${method} is not allowed with --read-only.`)
    }
    const {name} = params
    if (typeof name === 'string' && (await readOnlyTools.has(name, signal))) return undefined
    return toolErrorText(
      id,
      'This tool is not allowed: `mogplex mcp connect --read-only` allows only those that the server marks as read-only. Tell this to your user.',
    )
  }

  /** @throws {McpAnswerCutError} exit 69; errors of the connection */
  async #ask(request: RpcRequest, signal: AbortSignal): Promise<RpcResponse> {
    const {id, method, text} = request
    const isCall = method === 'tools/call'
    for await (const message of await this.#ports.connection.send(text, {signal, isCall})) {
      const answer = answerIn(message, id)
      if (answer !== undefined) return answer
      if (!signal.aborted) await this.forward(message)
    }
    throw new McpAnswerCutError(method)
  }

  /** Whether it arrives does not matter to the host. */
  async #hand({text}: RpcNotification | RpcResponse): Promise<void> {
    try {
      await this.#ports.connection.notify(text, this.#over.signal)
    } catch {
      // A notification has no answer.
    }
  }
}

/** A server that cannot read a request answers it without its id. */
function answerIn(message: RpcMessage, id: RpcId): RpcResponse | undefined {
  if (message.kind !== 'response') return undefined
  if (message.id === id) return message
  if (message.id !== undefined || message.error === undefined) return undefined
  const {code, message: said} = message.error
  return {...message, id, text: errorText(id, code, said)}
}

function troubleWith(request: RpcRequest, error: unknown): string {
  const {id, method} = request
  if (!(error instanceof MogplexError)) return errorText(id, RPC_ERRORS.internal, messageOf(error))
  // Without a login there are no tools, which is not a failure; the host is notified when there
  // are.
  const isSignedOut = error.exitCode === ExitCode.Authentication
  return method === 'tools/list' && isSignedOut
    ? resultText(id, {tools: []})
    : troubleText(request, error)
}

function methodOf(message: RpcMessage): string | undefined {
  return message.kind === 'response' ? undefined : message.method
}

function ignore(): void {
  // The sender of the request got the error.
}
