import type {McpEndpoint, McpSession, McpStream} from '../../adapters/mogplex-api/mcp-endpoint.js'
import type {Credential} from '../../domain/credential/credential.js'
import {McpAnswerCutError} from '../../domain/errors/mcp.js'
import type {RpcId, RpcRequest, RpcResponse} from '../../domain/mcp/message.js'
import {INITIALIZED, initializeText, protocolVersionOf} from '../../domain/mcp/own-answers.js'
import type {AccountAccess} from '../account-access.js'

export interface SessionPorts {
  readonly access: Pick<AccountAccess, 'use'>
  readonly endpointFor: (credential: Credential) => McpEndpoint
  /** Names whose tools a credential opens. */
  readonly accountOf: (credential: Credential) => string
  readonly version: string
  /** Keeps what the server says by itself on its way to the host, until the signal. */
  readonly listen: (open: Listening, signal: AbortSignal) => Promise<void>
  /** A session was begun by itself: the tools may be others now. */
  readonly onChanged: () => void
}

/** Opens the stream of what a server says by itself; `undefined` where it has none. */
export type Listening = (signal: AbortSignal) => Promise<McpStream['messages'] | undefined>

/** A session with the server, of one account. */
interface Attached {
  readonly account: string
  readonly session: McpSession
  readonly over: AbortController
}

const NO_SESSION: McpSession = {id: undefined, protocolVersion: undefined}

/**
 * The session with the server: one at a time. Remembers what the host said to introduce itself, and
 * says it again where another one has to begin.
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

  /** What the host says of itself from now on. */
  introduce(params: RpcRequest['params']): void {
    this.#introduction = params
    this.detach()
  }

  /** Begins a session in the host's own words. */
  async begin(
    credential: Credential,
    request: Pick<RpcRequest, 'id' | 'text'>,
    signal: AbortSignal,
  ): Promise<RpcResponse> {
    const {answer, sessionId} = await this.#ask(credential, request, signal)
    if (answer.error === undefined) this.#attach(credential, answer, sessionId)
    return answer
  }

  /** The session of a credential's account, which is begun where there is none. */
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

  /** What the server says in a session, for as long as it is the same account's. */
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

  /** Forgets a session, or whichever there is. */
  detach(attached = this.#current): void {
    if (attached === undefined || this.#current !== attached) return
    attached.over.abort()
    this.#current = undefined
  }

  /** In the name of the host: it belongs to all who wait for it. */
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
