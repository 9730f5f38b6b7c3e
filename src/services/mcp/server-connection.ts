import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {Clock} from '../../adapters/clock.js'
import type {McpEndpoint, McpSession, McpStream} from '../../adapters/mogplex-api/mcp-endpoint.js'
import type {Pause} from '../../adapters/pause.js'
import type {Credential} from '../../domain/credential/credential.js'
import {McpAnswerCutError, McpSessionLostError} from '../../domain/errors/mcp.js'
import type {RpcId, RpcRequest, RpcResponse} from '../../domain/mcp/message.js'
import {INITIALIZED, initializeText, protocolVersionOf} from '../../domain/mcp/own-answers.js'
import type {AccountAccess} from '../account-access.js'
import {resumed} from './resumed.js'

export interface ConnectionPorts {
  readonly access: Pick<AccountAccess, 'peek' | 'use'>
  readonly endpointFor: (credential: Credential) => McpEndpoint
  /** Names whose tools a credential opens. */
  readonly accountOf: (credential: Credential) => string
  /** Tells a credential from others of the same account. */
  readonly idOf: (credential: Credential) => string
  readonly clock: Clock
  readonly version: string
  /** Keeps what the server says by itself on its way to the host, until the signal. */
  readonly listen: (open: Listening, signal: AbortSignal) => Promise<void>
  readonly pause: Pause
  /** The tools may be others now. */
  readonly onChanged: () => void
}

/** Opens the stream of what a server says by itself; `undefined` where it has none. */
export type Listening = (signal: AbortSignal) => Promise<McpStream['messages'] | undefined>

export interface Sending {
  readonly signal: AbortSignal
  /** It calls a tool: it may take long, and is not sent again, whatever is known of it. */
  readonly isCall?: boolean
}

interface Attached {
  readonly account: string
  readonly session: McpSession
  readonly over: AbortController
}

const NO_SESSION: McpSession = {id: undefined, protocolVersion: undefined}
const [SHORTEST_MS, LONGEST_MS, LONGEST_REJECTED_MS] = [1000, 30_000, 600_000]

/**
 * The MCP server, as the account in use sees it. Remembers what the host said to introduce itself, and
 * the server's session, and begins another one for another account, or where the server forgot it.
 */
export class ServerConnection {
  readonly #ports: ConnectionPorts
  readonly #over = new AbortController()
  #introduction: Readonly<Record<string, unknown>> | undefined
  #attached: Attached | undefined
  #attaching: {readonly account: string; readonly work: Promise<Attached>} | undefined
  /** Whether somebody was signed in when that was looked at last. */
  #wasSignedIn = false
  #failed = {id: '', waitMs: 0, until: 0}
  #count = 0

  constructor(ports: ConnectionPorts) {
    this.#ports = ports
  }

  /**
   * Begins a session in the host's own words.
   *
   * @throws {MogplexError} where the server cannot be asked: then it is tried again by {@link look}
   */
  async initialize({id, params, text}: RpcRequest, signal: AbortSignal): Promise<RpcResponse> {
    this.#introduction = params
    this.#detach()
    return this.#using(async (credential) => {
      const {answer, sessionId} = await this.#introduce(credential, {id, text}, signal)
      if (answer.error === undefined) this.#attach(credential, answer, sessionId)
      return answer
    }, signal)
  }

  /**
   * Sends a request. What comes back is read by whoever sent it.
   *
   * @throws {McpSessionLostError} exit 69, for the call of a tool alone
   */
  async send(text: string, sending: Sending): Promise<McpStream['messages']> {
    const {answer, attached} = await this.#post(text, sending)
    return resumed(answer, {
      open: async (after) => this.#listenAs(attached, sending.signal, after),
      pause: async (milliseconds) => this.#ports.pause(milliseconds, sending.signal),
    })
  }

  /** Sends what has no answer. */
  async notify(text: string, signal: AbortSignal): Promise<void> {
    const {answer} = await this.#post(text, {signal})
    answer.close()
  }

  /** Looks who is signed in by now, and begins or ends a session accordingly. Never throws. */
  async look(): Promise<void> {
    const {access, accountOf, idOf, clock, onChanged} = this.#ports
    const credential = access.peek()
    if (credential === undefined) {
      if (this.#wasSignedIn) onChanged()
      this.#wasSignedIn = false
      this.#detach()
      return
    }
    this.#wasSignedIn = true
    if (this.#attached?.account === accountOf(credential)) return
    const isSame = this.#failed.id === idOf(credential)
    if (isSame && clock.now().getTime() < this.#failed.until) return
    try {
      await this.#using(async (fresh) => this.#attachedAs(fresh), this.#over.signal)
      this.#failed = {id: '', waitMs: 0, until: 0}
    } catch (error) {
      const isRejected = error instanceof MogplexError && isAuthentication(error)
      const longest = isRejected ? LONGEST_REJECTED_MS : LONGEST_MS
      const waitMs = Math.min(longest, isSame ? this.#failed.waitMs * 2 : SHORTEST_MS)
      this.#failed = {id: idOf(credential), waitMs, until: clock.now().getTime() + waitMs}
    }
  }

  /** Ends the session, as far as the server cares, and all that is under way. Never throws. */
  async close(): Promise<void> {
    const attached = this.#attached
    this.#detach()
    if (attached?.session.id !== undefined) {
      const {session} = attached
      await this.#using(async (credential) => {
        const signal = AbortSignal.timeout(SHORTEST_MS)
        await this.#ports.endpointFor(credential).end({credential, session, signal})
      }).catch(() => undefined)
    }
    this.#over.abort()
  }

  async #post(text: string, {signal, isCall = false}: Sending) {
    return this.#using(async (credential) => {
      const endpoint = this.#ports.endpointFor(credential)
      for (let tries = 1; ; tries += 1) {
        const attached = await this.#attachedAs(credential)
        const question = {credential, session: attached.session, signal, mayTakeLong: isCall}
        const answer = await endpoint.post(text, question)
        if (answer !== undefined) return {answer, attached}
        if (this.#attached === attached) this.#detach()
        if (isCall || tries > 1) {
          await this.#attachedAs(credential)
          throw new McpSessionLostError('The server')
        }
      }
    }, signal)
  }

  /** A credential that is not accepted any more has no session, either. */
  async #using<T>(work: (credential: Credential) => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.#ports.access.use(work, {signal})
    } catch (error) {
      if (error instanceof MogplexError && isAuthentication(error)) this.#detach()
      throw error
    }
  }

  async #attachedAs(credential: Credential): Promise<Attached> {
    const account = this.#ports.accountOf(credential)
    if (this.#attached?.account === account) return this.#attached
    if (this.#attaching?.account !== account) {
      const work = this.#reattach(credential)
      const own = {account, work}
      this.#attaching = own
      const done = (): void => {
        if (this.#attaching === own) this.#attaching = undefined
      }
      work.then(done, done)
    }
    return this.#attaching.work
  }

  /** Begins a session in the name of the host: it belongs to all who wait for it. */
  async #reattach(credential: Credential): Promise<Attached> {
    const {endpointFor, version, onChanged} = this.#ports
    const {signal} = this.#over
    this.#detach()
    const id = `mogplex-${(this.#count += 1)}`
    const text = initializeText(id, this.#introduction, version)
    const {answer, sessionId} = await this.#introduce(credential, {id, text}, signal)
    if (answer.error !== undefined) throw new McpAnswerCutError('initialize')
    const session = {id: sessionId, protocolVersion: protocolVersionOf(answer)}
    const said = await endpointFor(credential).post(INITIALIZED, {credential, session, signal})
    said?.close()
    const attached = this.#attach(credential, answer, sessionId)
    onChanged()
    return attached
  }

  async #introduce(
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
    this.#attached = attached
    this.#wasSignedIn = true
    let last: McpStream | undefined
    const open: Listening = async (signal) => {
      last = await this.#listenAs(attached, signal, last?.position.id)
      return last?.messages
    }
    void this.#ports.listen(open, over.signal)
    return attached
  }

  /** What the server says in a session, for as long as it is the same account's. */
  async #listenAs(
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

  #detach(): void {
    this.#attached?.over.abort()
    this.#attached = undefined
  }
}

function isAuthentication({exitCode}: MogplexError): boolean {
  return exitCode === ExitCode.Authentication
}
