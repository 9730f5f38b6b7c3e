import type {Interception} from '@mogplex/local-cloud'
import {RUN_ID} from './make-run.js'
import type {SignInStage} from './sign-in-stage.js'

/** What the service answers to one question about a run. */
export interface Told {
  readonly status?: string
  readonly error?: string
  /** What else the run is, or is instead. */
  readonly run?: object
  /** How many events it has by now, or the events themselves. */
  readonly events?: number | readonly object[]
  /** Instead of an answer: trouble. */
  readonly trouble?: () => Interception
}

const CREATED = '2026-11-23T16:00:00.123456Z'

/**
 * Puts a run before those of the cloud that answers as the script says, question by question; the
 * last line of it is said again and again.
 *
 * @returns how many questions there were
 */
export function scriptRun(
  stage: SignInStage,
  script: readonly Told[],
  runId = RUN_ID,
): () => number {
  let count = 0
  stage.intercept(async (request) => {
    const {pathname} = new URL(request.url)
    const isAsked = request.method === 'GET' && `${pathname}/`.includes(`/runs/${runId}/`)
    if (!isAsked) return Promise.resolve(undefined)
    const told = script[Math.min(count, script.length - 1)] ?? {}
    count += 1
    const trouble = told.trouble?.()
    if (trouble !== undefined) return Promise.resolve(trouble)
    return Promise.resolve(Response.json({ok: true, data: answerOf(runId, told)}))
  })
  return () => count
}

function answerOf(runId: string, {status = 'streaming', error, run, events = 0}: Told): object {
  const list =
    typeof events === 'number'
      ? Array.from({length: events}, (_, index) => logEvent(index))
      : events
  return {
    run: {
      runId,
      status,
      error: error ?? null,
      harness: 'codex',
      repoId: 'r1',
      branch: {base: 'main', working: 'mogplex/mend', createBranch: true},
      createdAt: CREATED,
      updatedAt: CREATED,
      ...run,
    },
    events: list,
  }
}

export function logEvent(index: number): object {
  return {
    id: `e${index + 1}`,
    type: 'log',
    toolName: null,
    message: `Step ${index + 1}.`,
    payload: {index},
    createdAt: CREATED,
  }
}
