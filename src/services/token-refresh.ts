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
  /** The access token expired, or was rejected. */
  readonly isOver: boolean
  /** The previous attempt, whose outcome is unknown. */
  readonly cut: RefreshAttempt | undefined
  readonly turn: Pick<LockTurn, 'isStillMine'>
  /** The caller's signal: it ends repeats, but not the storing of an answer. */
  readonly signal: AbortSignal | undefined
}

/** The result: tokens, a refusal, a wait before the next attempt, or the loss of the lock. */
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
 * Sends the refresh token after recording it. A request that may have spent it is repeated at once,
 * if at all; one that the server did not carry out, when the caller retries after a wait.
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
   * @param giveUp - aborts the request, even if its tokens are lost
   * @throws {MogplexError} exit 69 or 75, which is recorded for all waiting processes; exit 1
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
      if (isEnded) throw error // it may have arrived
      return this.#afterTrouble(error, isSent)
    }
  }

  /** @returns whether the lock is still ours */
  async #writeDown(): Promise<boolean> {
    const {authFile, journal} = this.#ports
    const {turn} = this.#question
    await authFile.rehearse()
    // After a suspension of minutes, another machine may have taken our lock as abandoned.
    if (!turn.isStillMine()) return false
    await journal.write({...this.#attempt, failure: undefined})
    if (turn.isStillMine()) return true
    await this.#takeBack()
    return false
  }

  /** Nothing was sent. A note that is not ours belongs to the current holder of the lock. */
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
      // If we are killed during the wait, this must not look like a refresh in progress.
      if (!mayBeSpent) await journal.clear()
      return {waitMs}
    }
    if (failure !== undefined) {
      await journal.write({...this.#attempt, failure}).catch(() => undefined)
    }
    throw error
  }
}
