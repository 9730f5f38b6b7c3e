import type {RunQuery, RunsApi} from '../adapters/mogplex-api/runs-api.js'
import type {Clock} from '../adapters/clock.js'
import type {Pause} from '../adapters/pause.js'
import type {Credential} from '../domain/credential/credential.js'
import {UnexpectedPageError} from '../domain/errors/authentication.js'
import {RateLimitedError} from '../domain/errors/later.js'
import {
  FASTEST_MS,
  higherFloorMs,
  isPassing,
  mayRetryAtFirst,
  pauseMs,
  retryMs,
} from '../domain/run/polling.js'
import type {FollowOptions, RunSource, RunUpdate} from '../domain/run/run-source.js'
import {type RunAnswer, SeenRun} from '../domain/run/seen-run.js'
import {isSignInOver} from '../domain/run/sign-in-over.js'
import type {AccountAccess} from './account-access.js'
import {awaitSignIn} from './await-sign-in.js'
import {InterruptiblePause} from './interruptible-pause.js'

interface PollPorts {
  /** The API client for this credential. */
  readonly apiFor: (credential: Credential) => RunsApi
  readonly access: Pick<AccountAccess, 'peek' | 'use'>
  readonly clock: Clock
  readonly pause: Pause
  /** The maximum number of events of a run that the service shows. */
  readonly window: number
}

type Call<T> = (api: RunsApi, question: RunQuery) => Promise<T>

/**
 * The hosted service as a source of runs: polled with care. Soon after something happened, ever
 * less often while nothing does, and after "too many requests" at the time that the service names.
 * Network and server may be unavailable for any time.
 */
export function pollRuns(ports: PollPorts): RunSource {
  const {access, apiFor} = ports
  const rest = new InterruptiblePause(ports.pause)
  const ask = async <T>(call: Call<T>, question: Omit<RunQuery, 'credential'>): Promise<T> =>
    access.use(async (credential) => call(apiFor(credential), {...question, credential}), {
      signal: question.signal,
    })
  return {
    follow: (runId, signal, options = {}) =>
      new Follower(ports, {...options, ask, rest, runId, signal}).updates(),
    async cancel(runId, signal) {
      const {wasOver} = await ask((api, question) => api.cancel(question), {
        runId,
        signal,
        isKnown: true,
      })
      rest.end()
      return {wasOver}
    },
    async repositoryName({repoId, runId}, signal) {
      if (repoId === '') return undefined
      const name = ask((api, question) => api.repositoryName(repoId, question), {runId, signal})
      return name.catch(() => undefined) // the id is shown instead
    },
  }
}

type Ask = <T>(call: Call<T>, question: Omit<RunQuery, 'credential'>) => Promise<T>

interface Following extends FollowOptions {
  readonly ask: Ask
  readonly rest: InterruptiblePause
  readonly runId: string
  readonly signal: AbortSignal
}

/** Follows one run. */
class Follower {
  readonly #ports: PollPorts
  readonly #following: Following
  readonly #seen: SeenRun
  /** The credential of the request. */
  #used: Credential | undefined
  #floorMs = FASTEST_MS

  constructor(ports: PollPorts, following: Following) {
    this.#ports = ports
    this.#following = following
    this.#seen = new SeenRun(ports.window)
  }

  async *updates(): AsyncGenerator<RunUpdate> {
    const {rest, signal} = this.#following
    let restMs = FASTEST_MS
    for (;;) {
      const updates = this.#seen.take(yield* this.#signedInAnswer())
      yield* updates
      if (this.#seen.isOver) return
      restMs = pauseMs(restMs, updates.length === 0 && !this.#seen.hasEnded, this.#floorMs)
      const isWoken = await rest.for(restMs, signal)
      if (isWoken) restMs = this.#floorMs
    }
  }

  /** Repeats the request until there is an answer, with any available sign-in. */
  async *#signedInAnswer(): AsyncGenerator<RunUpdate, RunAnswer> {
    const {rest, signal, waitsForSignIn = false} = this.#following
    for (;;) {
      try {
        return yield* this.#answer()
      } catch (error) {
        signal.throwIfAborted()
        const over = this.#used
        if (!waitsForSignIn || !this.#seen.isKnown || over === undefined) throw error
        if (!isSignInOver(error, over)) throw error
        yield* awaitSignIn({...this.#ports, rest}, over, error, signal)
      }
    }
  }

  /** Repeats the request until there is an answer. */
  async *#answer(): AsyncGenerator<RunUpdate, RunAnswer> {
    const {rest, signal} = this.#following
    let waitedMs = 0
    let pages = 0
    for (let failures = 0; ; failures += 1) {
      try {
        const answer = await this.#askOnce()
        if (failures > 0) yield {type: 'back'}
        return answer
      } catch (error) {
        signal.throwIfAborted()
        pages = error instanceof UnexpectedPageError ? pages + 1 : 0
        if (!isPassing(error, pages)) throw error
        if (!this.#seen.isKnown && !mayRetryAtFirst(error, failures, waitedMs)) throw error
        if (error instanceof RateLimitedError) this.#floorMs = higherFloorMs(this.#floorMs)
        const waitMs = retryMs(error, failures)
        yield {type: 'trouble', error, retryMs: waitMs}
        await rest.for(waitMs, signal)
        waitedMs += waitMs
      }
    }
  }

  async #askOnce(): Promise<RunAnswer> {
    const {ask, runId, signal} = this.#following
    const {isKnown, isWindowStill} = this.#seen
    return ask<RunAnswer>(
      async (api, question) => {
        this.#used = question.credential
        return isWindowStill ? api.run(question) : api.events(question)
      },
      {runId, signal, isKnown},
    )
  }
}
