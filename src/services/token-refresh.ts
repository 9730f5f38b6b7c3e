import type {ServerMetadata} from '../adapters/authorization-server/discovery.js'
import type {LockTurn} from '../adapters/file-lock.js'
import type {OAuthCredential} from '../domain/credential/credential.js'
import {RefreshRefusedError} from '../domain/errors/authentication.js'
import {attemptOf, type RefreshAttempt} from '../domain/refresh/refresh-attempt.js'
import {failureOf} from '../domain/refresh/refresh-failure.js'
import {RefreshTroubles} from '../domain/refresh/refresh-troubles.js'
import type {RefreshPorts} from './refresh-ports.js'

export interface TokenRefreshOptions {
  readonly login: OAuthCredential
  /** The access token is over, or was rejected. */
  readonly isOver: boolean
  /** The attempt before, of which nobody knows what became. */
  readonly cut: RefreshAttempt | undefined
  readonly turn: Pick<LockTurn, 'isStillMine'>
  /** Of who asks: it ends what can be asked again, and lets what was sent be stored. */
  readonly signal: AbortSignal | undefined
}

/** What came of it: tokens, a refusal, a wait before it is asked again, or the lock went. */
type TokenRefreshResult =
  | 'changed'
  | {readonly fresh: OAuthCredential}
  | {
      readonly refusal: RefreshRefusedError
      /** The attempt that may have spent the refresh token. */
      readonly interrupted: RefreshAttempt | undefined
    }
  | {readonly waitMs: number}

/**
 * Sends the refresh token, which is written down before. What may have spent it is repeated at
 * once, where it is; what the server did not do, when the caller comes again after a wait.
 */
export class TokenRefresh {
  readonly #ports: RefreshPorts
  readonly #question: TokenRefreshOptions
  readonly #attempt: RefreshAttempt
  readonly #troubles: RefreshTroubles
  #interrupted: RefreshAttempt | undefined
  #metadata: ServerMetadata | undefined

  constructor(ports: RefreshPorts, question: TokenRefreshOptions) {
    const {cut, isOver, login} = question
    const begun = ports.clock.now()
    this.#ports = ports
    this.#question = question
    this.#attempt = cut ?? attemptOf(login, ports.pid, begun)
    this.#troubles = new RefreshTroubles({begun, isOver, wasCut: cut !== undefined})
    this.#interrupted = cut
  }

  /**
   * @param giveUp - ends the request, though its tokens be lost
   * @throws {MogplexError} exit 69 or 75, which is noted for all who wait; exit 1
   */
  async ask(giveUp: AbortSignal): Promise<TokenRefreshResult> {
    for (;;) {
      const answer = await this.#askOnce(giveUp)
      if (answer === 'changed' || !('waitMs' in answer) || answer.waitMs > 0) return answer
    }
  }

  async #askOnce(giveUp: AbortSignal): Promise<TokenRefreshResult> {
    const {login, signal} = this.#question
    const {clock} = this.#ports
    const timeoutMs = (kind: 'metadata' | 'tokens'): number =>
      this.#troubles.timeoutMs(kind, clock.now())
    let isSent = false
    try {
      const either = AbortSignal.any(signal === undefined ? [giveUp] : [giveUp, signal])
      this.#metadata ??= await this.#ports.discover(login.issuer, {
        signal: either,
        timeoutMs: timeoutMs('metadata'),
      })
      either.throwIfAborted()
      if (!(await this.#writeDown())) return 'changed'
      isSent = true
      return {
        fresh: await this.#ports.ask(login, this.#metadata, {
          signal: giveUp,
          timeoutMs: timeoutMs('tokens'),
        }),
      }
    } catch (error) {
      if (error instanceof RefreshRefusedError) {
        return {refusal: error, interrupted: this.#interrupted}
      }
      const isEnded = giveUp.aborted || (signal?.aborted === true && !isSent)
      if (isEnded) throw error // who knows where it got
      return this.#afterTrouble(error, isSent)
    }
  }

  /** @returns whether the lock is still ours */
  async #writeDown(): Promise<boolean> {
    const {authFile, journal} = this.#ports
    const {turn} = this.#question
    await authFile.rehearse()
    // Held up for minutes, a machine that cannot see us may have taken us for dead.
    if (!turn.isStillMine()) return false
    await journal.write({...this.#attempt, failure: undefined})
    if (turn.isStillMine()) return true
    await this.#takeBack()
    return false
  }

  /** Nothing was sent. A note that is not ours is of whoever has the lock by now. */
  async #takeBack(): Promise<void> {
    const {journal} = this.#ports
    const {pid, since} = this.#attempt
    const noted = await journal.read()
    if (noted?.pid !== pid || noted.since.getTime() !== since.getTime()) return
    if (this.#interrupted === undefined) await journal.clear()
    else await journal.write(this.#interrupted).catch(() => undefined)
  }

  async #afterTrouble(error: unknown, isSent: boolean): Promise<TokenRefreshResult> {
    const {clock, journal} = this.#ports
    const {signal} = this.#question
    const now = clock.now()
    const waitMs = this.#troubles.waitAfter(error, isSent ? 'tokens' : 'metadata', now)
    const {mayBeSpent} = this.#troubles
    const failure = failureOf(error, now, mayBeSpent)
    if (mayBeSpent) this.#interrupted ??= {...this.#attempt, failure}
    if (waitMs !== undefined && signal?.aborted !== true) {
      // Nobody who finds us killed in the wait should take this for a refresh in flight.
      if (!mayBeSpent) await journal.clear()
      return {waitMs}
    }
    if (failure !== undefined) {
      await journal.write({...this.#attempt, failure}).catch(() => undefined)
    }
    throw error
  }
}
