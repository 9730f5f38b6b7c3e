import type {McpEndpoint, McpSession, McpStream} from '../../adapters/mogplex-api/mcp-endpoint.js'
import type {Credential} from '../../domain/credential/credential.js'
import {McpAnswerCutError} from '../../domain/errors/mcp.js'
import type {RpcId, RpcRequest, RpcResponse} from '../../domain/mcp/message.js'
import {INITIALIZED, initializeText, protocolVersionOf} from '../../domain/mcp/own-answers.js'
import type {AccountAccess} from '../account-access.js'

export interface SessionPorts {
  readonly access: Pick<AccountAccess, 'use'>
  readonly endpointFor: (credential: Credential) => McpEndpoint
  /** Identifies whose tools a credential opens. */
  readonly accountOf: (credential: Credential) => string
  readonly version: string
  /** Forwards unprompted messages of the server to the host, until the signal aborts. */
  readonly listen: (open: Listening, signal: AbortSignal) => Promise<void>
  /** A session was begun without a request of the host: the tools may have changed. */
  readonly onChanged: () => void
}

/** Opens the stream of unprompted messages; `undefined` where there is none. */
export type Listening = (signal: AbortSignal) => Promise<McpStream['messages'] | undefined>

/** A session with the server, of one account. */
interface Attached {
  readonly account: string
  readonly session: McpSession
  readonly over: AbortController
}

const NO_SESSION: McpSession = {id: undefined, protocolVersion: undefined}

/**
 * The session with the server: one at a time. Remembers the host's `initialize` message, and
 * repeats it when a new session has to begin.
 */
export class ServerSessions {
  readonly #ports: SessionPorts
  readonly #signal: AbortSignal
  #introduction: Readonly<Record<string, unknown>> | undefined
  #current: Attached | undefined
  #beginning: {readonly account: string; readonly work: Promise<Attached>} | undefined
  #count = 0

  /** @param signal - ends what is begun for all */
  constructor(ports: SessionPorts, signal: AbortSignal) {
    this.#ports = ports
    this.#signal = signal
  }

  get current(): Attached | undefined {
    return this.#current
  }

  /** The host's `initialize` message from now on. */
  introduce(params: RpcRequest['params']): void {
    this.#introduction = params
    this.detach()
  }

  /** Begins a session with the host's own `initialize` message. */
  async begin(
    credential: Credential,
    request: Pick<RpcRequest, 'id' | 'text'>,
    signal: AbortSignal,
  ): Promise<RpcResponse> {
    const {answer, sessionId} = await this.#ask(credential, request, signal)
    if (answer.error === undefined) this.#attach(credential, answer, sessionId)
    return answer
  }

  /** The session of a credential's account; begun if there is none. */
  async of(credential: Credential): Promise<Attached> {
    const account = this.#ports.accountOf(credential)
    if (this.#current?.account === account) return this.#current
    if (this.#beginning?.account !== account) {
      const own = {account, work: this.#beginAnew(credential)}
      this.#beginning = own
      const done = (): void => {
        if (this.#beginning === own) this.#beginning = undefined
      }
      own.work.then(done, done)
    }
    return this.#beginning.work
  }

  /** Unprompted messages in a session, as long as it belongs to the same account. */
  async listen(
    {account, session}: Attached,
    signal: AbortSignal,
    after: string | undefined,
  ): Promise<McpStream | undefined> {
    const {access, accountOf, endpointFor} = this.#ports
    return access.use(
      async (credential) =>
        accountOf(credential) === account
          ? endpointFor(credential).listen({credential, session, signal}, after)
          : undefined,
      {signal},
    )
  }

  /** Forgets a session, or the current one. */
  detach(attached = this.#current): void {
    if (attached === undefined || this.#current !== attached) return
    attached.over.abort()
    this.#current = undefined
  }

  /** On behalf of the host: all waiting callers share it. */
  async #beginAnew(credential: Credential): Promise<Attached> {
    const {endpointFor, version, onChanged} = this.#ports
    const signal = this.#signal
    this.detach()
    const id = `mogplex-${(this.#count += 1)}`
    const text = initializeText(id, this.#introduction, version)
    const {answer, sessionId} = await this.#ask(credential, {id, text}, signal)
    if (answer.error !== undefined) throw new McpAnswerCutError('initialize')
    const session = {id: sessionId, protocolVersion: protocolVersionOf(answer)}
    const said = await endpointFor(credential).post(INITIALIZED, {credential, session, signal})
    said?.close()
    const attached = this.#attach(credential, answer, sessionId)
    onChanged()
    return attached
  }

  async #ask(
    credential: Credential,
    {id, text}: {readonly id: RpcId; readonly text: string},
    signal: AbortSignal,
  ) {
    const endpoint = this.#ports.endpointFor(credential)
    const said = await endpoint.post(text, {credential, session: NO_SESSION, signal})
    for await (const message of said?.messages ?? []) {
      const isOurs = message.kind === 'response' && (message.id === id || message.id === undefined)
      if (isOurs) return {answer: {...message, id}, sessionId: said?.sessionId}
    }
    throw new McpAnswerCutError('initialize')
  }

  #attach(credential: Credential, answer: RpcResponse, id: string | undefined): Attached {
    const session = {id, protocolVersion: protocolVersionOf(answer)}
    const over = new AbortController()
    const attached = {account: this.#ports.accountOf(credential), session, over}
    this.#current = attached
    let last: McpStream | undefined
    const open: Listening = async (signal) => {
      last = await this.listen(attached, signal, last?.position.id)
      return last?.messages
    }
    void this.#ports.listen(open, over.signal)
    return attached
  }
}
