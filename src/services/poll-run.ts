import type {RunQuestion, RunsApi} from '../adapters/mogplex-api/runs-api.js'
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
import type {RunSource, RunUpdate} from '../domain/run/run-source.js'
import {type RunAnswer, SeenRun} from '../domain/run/seen-run.js'
import type {AccountAccess} from './account-access.js'
import {Rest} from './rest.js'

export interface PollPorts {
  /** The API as it is asked with this credential. */
  readonly apiFor: (credential: Credential) => RunsApi
  readonly access: Pick<AccountAccess, 'use'>
  readonly pause: Pause
  /** How many events the service shows of a run at most. */
  readonly window: number
}

type Call<T> = (api: RunsApi, question: RunQuestion) => Promise<T>

/**
 * The hosted service as a source of runs: it is asked again and again, politely. Soon after
 * something happened, ever less often while nothing does, and when it says that it is too often,
 * when it says so. Network and server may be away for as long as they like.
 */
export function pollRuns(ports: PollPorts): RunSource {
  const {access, apiFor} = ports
  const rest = new Rest(ports.pause)
  const ask = async <T>(call: Call<T>, question: Omit<RunQuestion, 'credential'>): Promise<T> =>
    access.use(async (credential) => call(apiFor(credential), {...question, credential}), {
      signal: question.signal,
    })
  return {
    follow: (runId, signal) => new Follower(ports.window, rest, ask, runId, signal).updates(),
    async cancel(runId, signal) {
      const {wasOver} = await ask((api, question) => api.cancel(question), {
        ...{runId, signal, isKnown: true},
      })
      rest.end()
      return {wasOver}
    },
    async repositoryName({repoId, runId}, signal) {
      if (repoId === '') return undefined
      const name = ask((api, question) => api.repositoryName(repoId, question), {runId, signal})
      return name.catch(() => undefined) // the id will do
    },
  }
}

type Ask = <T>(call: Call<T>, question: Omit<RunQuestion, 'credential'>) => Promise<T>

/** Follows one run. */
class Follower {
  readonly #rest: Rest
  readonly #ask: Ask
  readonly #runId: string
  readonly #signal: AbortSignal
  readonly #seen: SeenRun
  #floorMs = FASTEST_MS

  constructor(window: number, rest: Rest, ask: Ask, runId: string, signal: AbortSignal) {
    this.#seen = new SeenRun(window)
    this.#rest = rest
    this.#ask = ask
    this.#runId = runId
    this.#signal = signal
  }

  async *updates(): AsyncGenerator<RunUpdate> {
    let restMs = FASTEST_MS
    for (;;) {
      const updates = this.#seen.take(yield* this.#answer())
      yield* updates
      if (this.#seen.isOver) return
      restMs = pauseMs(restMs, updates.length === 0 && !this.#seen.hasEnded, this.#floorMs)
      const isWoken = await this.#rest.for(restMs, this.#signal)
      if (isWoken) restMs = this.#floorMs
    }
  }

  /** Asks until there is an answer. */
  async *#answer(): AsyncGenerator<RunUpdate, RunAnswer> {
    let waitedMs = 0
    let pages = 0
    for (let failures = 0; ; failures += 1) {
      try {
        const answer = await this.#askOnce()
        if (failures > 0) yield {type: 'back'}
        return answer
      } catch (error) {
        this.#signal.throwIfAborted()
        pages = error instanceof UnexpectedPageError ? pages + 1 : 0
        if (!isPassing(error, pages)) throw error
        if (!this.#seen.isKnown && !mayRetryAtFirst(error, failures, waitedMs)) throw error
        if (error instanceof RateLimitedError) this.#floorMs = higherFloorMs(this.#floorMs)
        const waitMs = retryMs(error, failures)
        yield {type: 'trouble', error, retryMs: waitMs}
        await this.#rest.for(waitMs, this.#signal)
        waitedMs += waitMs
      }
    }
  }

  async #askOnce(): Promise<RunAnswer> {
    const {isKnown, isWindowStill} = this.#seen
    const question = {runId: this.#runId, signal: this.#signal, isKnown}
    return this.#ask<RunAnswer>(
      async (api, asked) => (isWindowStill ? api.run(asked) : api.events(asked)),
      question,
    )
  }
}
