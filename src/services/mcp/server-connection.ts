import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {Clock} from '../../adapters/clock.js'
import type {McpStream} from '../../adapters/mogplex-api/mcp-endpoint.js'
import type {Pause} from '../../adapters/pause.js'
import type {Credential} from '../../domain/credential/credential.js'
import {McpSessionLostError} from '../../domain/errors/mcp.js'
import type {RpcRequest, RpcResponse} from '../../domain/mcp/message.js'
import type {AccountAccess} from '../account-access.js'
import {LookAgain} from './look-again.js'
import {resumed} from './resumed.js'
import {ServerSessions, type SessionPorts} from './server-sessions.js'

interface ConnectionPorts extends SessionPorts {
  readonly access: Pick<AccountAccess, 'peek' | 'use'>
  /** Identifies a credential among others of the same account. */
  readonly idOf: (credential: Credential) => string
  readonly clock: Clock
  readonly pause: Pause
}

interface Sending {
  readonly signal: AbortSignal
  /** A tool call: it may take long, and is never sent again. */
  readonly isCall?: boolean
}

/** How long a server has to end a session. */
const END_MS = 1000

/**
 * The MCP server for the account in use. A new session begins when the account changes, and when
 * the server has forgotten the old one.
 */
export class ServerConnection {
  readonly #ports: ConnectionPorts
  readonly #sessions: ServerSessions
  readonly #over = new AbortController()
  readonly #lookAgain = new LookAgain()
  /** Whether somebody was signed in at the last check. */
  #wasSignedIn = false

  constructor(ports: ConnectionPorts) {
    this.#ports = ports
    this.#sessions = new ServerSessions(ports, this.#over.signal)
  }

  /**
   * Begins a session with the host's own `initialize` message.
   *
   * @throws {MogplexError} where the server is unreachable: then {@link look} tries again
   */
  async initialize(request: RpcRequest, signal: AbortSignal): Promise<RpcResponse> {
    this.#sessions.introduce(request.params)
    const begin = async (credential: Credential): Promise<RpcResponse> =>
      this.#sessions.begin(credential, request, signal)
    return this.#using(begin, signal)
  }

  /**
   * Sends a request. The caller reads the answer.
   *
   * @throws {McpSessionLostError} exit 69, only for a tool call
   */
  async send(text: string, sending: Sending): Promise<McpStream['messages']> {
    const {answer, attached} = await this.#post(text, sending)
    const {signal} = sending
    return resumed(answer, {
      open: async (after) => this.#sessions.listen(attached, signal, after),
      pause: async (milliseconds) => this.#ports.pause(milliseconds, signal),
    })
  }

  /** Sends a message that has no answer. */
  async notify(text: string, signal: AbortSignal): Promise<void> {
    const {answer} = await this.#post(text, {signal})
    answer.close()
  }

  /** Checks who is signed in, and begins or ends a session accordingly. Never throws. */
  async look(): Promise<void> {
    const {access, accountOf, idOf, clock, onChanged} = this.#ports
    const credential = access.peek()
    if (credential === undefined) {
      if (this.#wasSignedIn) onChanged()
      this.#wasSignedIn = false
      this.#sessions.detach()
      return
    }
    this.#wasSignedIn = true
    const id = idOf(credential)
    if (this.#sessions.current?.account === accountOf(credential)) return
    if (!this.#lookAgain.isDue(id, clock.now())) return
    try {
      await this.#using(async (fresh) => this.#sessions.of(fresh), this.#over.signal)
      this.#lookAgain.succeeded()
    } catch (error) {
      const isRejected = isAuthentication(error)
      this.#lookAgain.failed(id, {isRejected, now: clock.now()})
    }
  }

  /** Ends the session at the server if possible, and everything in progress. Never throws. */
  async close(): Promise<void> {
    const attached = this.#sessions.current
    this.#sessions.detach()
    if (attached?.session.id !== undefined) {
      const {session} = attached
      await this.#using(async (credential) => {
        const signal = AbortSignal.timeout(END_MS)
        await this.#ports.endpointFor(credential).end({credential, session, signal})
      }).catch(() => undefined)
    }
    this.#over.abort()
  }

  async #post(text: string, {signal, isCall = false}: Sending) {
    return this.#using(async (credential) => {
      const endpoint = this.#ports.endpointFor(credential)
      for (let tries = 1; ; tries += 1) {
        const attached = await this.#sessions.of(credential)
        const question = {credential, session: attached.session, signal, mayTakeLong: isCall}
        const answer = await endpoint.post(text, question)
        if (answer !== undefined) return {answer, attached}
        this.#sessions.detach(attached)
        if (isCall || tries > 1) {
          await this.#sessions.of(credential)
          throw new McpSessionLostError('The server')
        }
      }
    }, signal)
  }

  /** A credential that is no longer accepted has no session, either. */
  async #using<T>(work: (credential: Credential) => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      const done = await this.#ports.access.use(work, {signal})
      this.#wasSignedIn = true
      return done
    } catch (error) {
      if (isAuthentication(error)) this.#sessions.detach()
      throw error
    }
  }
}

function isAuthentication(error: unknown): boolean {
  return error instanceof MogplexError && error.exitCode === ExitCode.Authentication
}
