import {MogplexError, type Session} from '@mogplex/plugin-kit'
import {NoSuchRunError} from '../domain/errors.js'
import {asFields, type Fields} from '../domain/json.js'
import {isId} from '../domain/repository.js'
import {parseEvents, type RunEvent} from '../domain/run-event.js'
import {parseRun, type Run} from '../domain/run.js'

/** The service returns the first 200 events of a run, and no further ones. */
export const MAX_EVENTS = 200

type Asks = Pick<Session, 'request'>

/** @throws {NoSuchRunError} exit 1; errors of a request */
export async function readRun(session: Asks, runId: string, signal?: AbortSignal): Promise<Run> {
  const answer = await askRun(runId, async () => session.request(`/runs/${runId}`, {signal}))
  return parseRun(asFields(answer)?.run)
}

/** The events so far, oldest first. */
export async function readEvents(session: Asks, runId: string): Promise<RunEvent[]> {
  const answer = await askRun(runId, async () =>
    session.request(`/runs/${runId}/events`, {query: {limit: MAX_EVENTS}}),
  )
  return parseEvents(asFields(answer)?.events)
}

/** Asks the run to stop: repeatable, since the service does it once. */
export async function cancelRun(
  session: Asks,
  runId: string,
): Promise<{readonly run: Run; readonly wasOver: boolean; readonly given: Fields}> {
  const answer = await askRun(runId, async () =>
    session.request(`/runs/${runId}/cancel`, {method: 'POST', repeatable: true}),
  )
  const given = asFields(answer) ?? {}
  return {run: parseRun(given.run), wasOver: given.alreadyTerminal === true, given}
}

/** The hosted service answers an id that is not a UUID with 400 or 500. */
async function askRun(runId: string, ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask()
  } catch (error) {
    const status = error instanceof MogplexError ? error.status : undefined
    const isUnknown = status === 404 || (!isId(runId) && (status === 400 || status === 500))
    throw isUnknown ? new NoSuchRunError(runId) : error
  }
}
