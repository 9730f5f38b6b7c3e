import {createRunsApi, WINDOW} from '../../src/adapters/mogplex-api/runs-api.js'
import type {HttpAnswer} from '../../src/domain/network/http.js'
import type {RunUpdate} from '../../src/domain/run/run-source.js'
import {pollRuns} from '../../src/services/poll-run.js'
import {givenAccess} from './given-access.js'
import {makeKey} from './make-credential.js'
import {RUN_ID} from './make-run.js'

const HOUR_MS = 3_600_000
const CREATED = '2026-11-23T16:00:00.000Z'

/**
 * Follows a run through everything but the network: the answers are texts, and time passes only in
 * pauses.
 *
 * @param answer - the service's answer after so many milliseconds, to which request
 */
async function followRun(
  answer: (nowMs: number, count: number) => {status: string; events: readonly object[]},
  onUpdate: (update: RunUpdate) => void = () => undefined,
): Promise<{requests: number}> {
  let nowMs = 0
  let requests = 0
  const http = async (): Promise<HttpAnswer> => {
    requests += 1
    const {status, events} = answer(nowMs, requests)
    const run = {runId: RUN_ID, status, createdAt: CREATED, updatedAt: CREATED}
    const body = JSON.stringify({ok: true, data: {run, events}})
    return Promise.resolve({status: 200, headers: {}, body})
  }
  const source = pollRuns({
    access: givenAccess(() => makeKey('mogplex')),
    clock: {now: () => new Date(nowMs)},
    apiFor: () => createRunsApi(http, 'https://mogplex.test'),
    window: WINDOW,
    pause: async (ms) => {
      nowMs += ms
      return Promise.resolve()
    },
  })
  for await (const update of source.follow(RUN_ID, new AbortController().signal)) onUpdate(update)
  return {requests}
}

/** The number of requests in an hour of virtual time in which nothing happens. */
export async function requestsOfQuietHour(): Promise<number> {
  let count = 0
  await followRun((nowMs) => {
    if (nowMs < HOUR_MS) count += 1
    return {status: nowMs < HOUR_MS ? 'streaming' : 'success', events: events(3)}
  })
  return count
}

/** The heap, in MB, after a tenth of so many polls of a run and after all of them. */
export async function heapWhileFollowing(
  looks: number,
  size: number,
  collectGarbage: () => void,
): Promise<{before: number; after: number}> {
  let before = 0
  let after = 0
  await followRun((_nowMs, count) => {
    if (count === Math.floor(looks / 10)) before = heapMb(collectGarbage)
    if (count === looks) after = heapMb(collectGarbage)
    // Fewer than the window, so that all events are requested each time.
    return {status: count < looks ? 'streaming' : 'success', events: events(size - 1)}
  })
  return {before, after}
}

function heapMb(collectGarbage: () => void): number {
  collectGarbage()
  return Math.round(process.memoryUsage().heapUsed / 1e5) / 10
}

function events(count: number): object[] {
  return Array.from({length: count}, (_, index) => ({
    id: `e${index}`,
    type: 'log',
    toolName: null,
    message: 'x'.repeat(2000),
    payload: {},
    createdAt: CREATED,
  }))
}
