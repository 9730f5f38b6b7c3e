import type {Interception} from '@mogplex/local-cloud'
import {RUN_ID} from './make-run.js'
import type {SignInStage} from './sign-in-stage.js'

/** The service's answer to one request about a run. */
export interface ScriptedAnswer {
  readonly status?: string
  readonly error?: string
  /** Other members of the run, or replaced ones. */
  readonly run?: object
  /** The number of its events so far, or the events themselves. */
  readonly events?: number | readonly object[]
  /** A failure instead of an answer. */
  readonly trouble?: () => Interception
}

const CREATED = '2026-11-23T16:00:00.123456Z'

/**
 * Replaces the cloud's answers about a run by those of the script, one per request; its last line
 * is repeated.
 *
 * @returns a function that returns the number of requests
 */
export function scriptRun(
  stage: SignInStage,
  script: readonly ScriptedAnswer[],
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

function answerOf(
  runId: string,
  {status = 'streaming', error, run, events = 0}: ScriptedAnswer,
): object {
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
