import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {RunsApi} from '../adapters/mogplex-api/runs-api.js'
import type {Pause} from '../adapters/pause.js'
import type {Credential} from '../domain/credential.js'
import {RateLimitedError} from '../domain/errors/later.js'
import type {RunSource, RunUpdate} from '../domain/run/run-source.js'
import {outcomeOf, type Run} from '../domain/run/run.js'
import type {AccountAccess} from './account-access.js'

// A key may ask 60 times a minute, and others may ask with it. An hour in which nothing happens
// takes about 155 requests.
const FASTEST_MS = 1500
const SLOWEST_MS = 24_000
const SLOWER = 1.5
const MOST_RETRY_MS = 30_000
const RATE_LIMIT_MS = 30_000
// At the beginning somebody waits for an answer: longer than this they had better be told.
const MOST_FIRST_WAIT_SECONDS = 60
const LAST_EVENTS = new Set(['cancelled', 'failed', 'finished'])

export interface PollPorts {
  /** The API as it is asked with this credential. */
  readonly apiFor: (credential: Credential) => RunsApi
  readonly access: Pick<AccountAccess, 'use'>
  readonly pause: Pause
  /** How many events the service shows of a run at most. */
  readonly window: number
}

/**
 * The hosted service as a source of runs: it is asked again and again, politely. Soon after
 * something happened, ever less often while nothing does, and when it says that it is too often,
 * when it says so. Network and server may be away for as long as they like.
 */
export function pollRuns(ports: PollPorts): RunSource {
  const {access, apiFor} = ports
  return {
    follow: (runId, signal) => follow(ports, runId, signal),
    cancel: async (runId, signal) =>
      access.use(async (credential) => apiFor(credential).cancel(runId, credential, signal), {
        signal,
      }),
    repositoryName: async ({repoId}, signal) => {
      if (repoId === '') return undefined
      const ask = async (credential: Credential) =>
        apiFor(credential).repositoryName(repoId, credential, signal)
      return access.use(ask, {signal}).catch(() => undefined) // the id will do
    },
  }
}

async function* follow(
  ports: PollPorts,
  runId: string,
  signal: AbortSignal,
): AsyncGenerator<RunUpdate> {
  const round = new Round(ports, runId, signal)
  let delayMs = FASTEST_MS
  for (;;) {
    const updates = yield* round.askUntilAnswered()
    yield* updates
    const isQuiet = updates.length === 0
    delayMs = isQuiet ? Math.min(delayMs * SLOWER, SLOWEST_MS) : FASTEST_MS
    if (round.isOver) return
    await ports.pause(delayMs, signal)
  }
}

/** What was seen so far of one run. */
class Round {
  readonly #ports: PollPorts
  readonly #runId: string
  readonly #signal: AbortSignal
  readonly #seen = new Set<string>()
  #run: Run | undefined
  #isWindowFull = false
  #hasLastEvent = false
  #askedAfterEnd = false

  constructor(ports: PollPorts, runId: string, signal: AbortSignal) {
    this.#ports = ports
    this.#runId = runId
    this.#signal = signal
  }

  /** The run has ended, and what it still had to say was heard. */
  get isOver(): boolean {
    if (this.#run === undefined || outcomeOf(this.#run) === undefined) return false
    return this.#hasLastEvent || this.#isWindowFull || this.#askedAfterEnd
  }

  async *askUntilAnswered(): AsyncGenerator<RunUpdate, RunUpdate[]> {
    for (let failures = 0; ; failures += 1) {
      try {
        const updates = await this.#ask()
        return failures === 0 ? updates : [{type: 'back'}, ...updates]
      } catch (error) {
        this.#signal.throwIfAborted()
        if (!isPassing(error) || !this.#mayWait(error)) throw error
        const retryMs = retryOf(error, failures)
        yield {type: 'trouble', error, retryMs}
        await this.#ports.pause(retryMs, this.#signal)
      }
    }
  }

  #mayWait(error: MogplexError): boolean {
    if (this.#run !== undefined) return true
    if (!(error instanceof RateLimitedError)) return false
    return (error.retryAfterSeconds ?? Infinity) <= MOST_FIRST_WAIT_SECONDS
  }

  async #ask(): Promise<RunUpdate[]> {
    const {access, apiFor} = this.#ports
    const [runId, signal] = [this.#runId, this.#signal]
    if (this.#run !== undefined && outcomeOf(this.#run) !== undefined) this.#askedAfterEnd = true
    if (this.#isWindowFull) {
      const run = await access.use(async (fresh) => apiFor(fresh).run(runId, fresh, signal), {
        signal,
      })
      return this.#runUpdates(run)
    }
    const answer = await access.use(async (fresh) => apiFor(fresh).events(runId, fresh, signal), {
      signal,
    })
    const events = answer.events.filter(({id}) => !this.#seen.has(id))
    for (const {id, type} of events) {
      this.#seen.add(id)
      this.#hasLastEvent ||= LAST_EVENTS.has(type)
    }
    const updates: RunUpdate[] = [
      ...this.#runUpdates(answer.run),
      ...events.map((event) => ({type: 'event' as const, event})),
    ]
    if (answer.events.length < this.#ports.window) return updates
    this.#isWindowFull = true
    return [...updates, {type: 'window', shown: answer.events.length}]
  }

  #runUpdates(run: Run): RunUpdate[] {
    const before = this.#run
    this.#run = run
    const isSame =
      before?.status === run.status &&
      before.error === run.error &&
      before.branch.working === run.branch.working
    return isSame ? [] : [{type: 'run', run}]
  }
}

/** Trouble that says nothing about the run. */
function isPassing(error: unknown): error is MogplexError {
  if (!(error instanceof MogplexError)) return false
  return error.exitCode === ExitCode.Remote || error.exitCode === ExitCode.Later
}

function retryOf(error: MogplexError, failures: number): number {
  if (error instanceof RateLimitedError) {
    return Math.max(1000, (error.retryAfterSeconds ?? RATE_LIMIT_MS / 1000) * 1000)
  }
  return Math.min(MOST_RETRY_MS, 1000 * 2 ** failures)
}
