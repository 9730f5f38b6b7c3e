import {failure, success} from '../answers.js'
import type {Caller} from '../caller.js'
import {isUuid, limitOf} from '../repositories.js'
import type {Site} from '../site.js'
import type {V1Route} from '../v1-route.js'
import type {RunState} from './run-store.js'
import {detailOf} from './run-detail.js'
import {readRunRequest} from './read-run-request.js'

const LONGEST_KEY = 200

/** Runs, in the hosted service's format (contract section 7). */
export const RUN_ROUTES: readonly V1Route[] = [
  {method: 'POST', path: /^\/runs$/, scope: 'write', answer: startRun},
  {
    method: 'GET',
    path: /^\/runs\/[^/]+$/,
    answer: (caller, url, _request, site) =>
      withRun(caller, url, site, (run) => success({run: detailOf(run)})),
  },
  {
    method: 'GET',
    path: /^\/runs\/[^/]+\/events$/,
    answer: (caller, url, _request, site) =>
      withRun(caller, url, site, (run) => {
        // The first ones, without a cursor: later ones are not available.
        const events = run.events.slice(0, limitOf(url.searchParams))
        return success({run: detailOf(run), events})
      }),
  },
  {
    method: 'POST',
    path: /^\/runs\/[^/]+\/cancel$/,
    scope: 'write',
    answer: (caller, url, _request, site) =>
      withRun(caller, url, site, ({id}) => {
        const cancelled = site.runs.cancel(caller.account?.email ?? '', id)
        if (!cancelled) return noSuchRun()
        const {run, wasOver} = cancelled
        return success({run: detailOf(run), status: run.status, alreadyTerminal: wasOver})
      }),
  },
]

async function startRun(
  {account}: Caller,
  _url: URL,
  request: Request,
  {runs, runLimiter}: Site,
): Promise<Response> {
  const key = request.headers.get('idempotency-key') ?? ''
  if (key === '' || key.length > LONGEST_KEY) {
    return failure('BAD_REQUEST', `Idempotency-Key is missing, or over ${LONGEST_KEY} characters.`)
  }
  const body: unknown = await request.json().catch(() => undefined)
  const wanted = readRunRequest(body, account, key)
  if (typeof wanted === 'string') return failure('BAD_REQUEST', wanted)
  const owner = account?.email ?? ''
  const waitSeconds = runs.hasStarted(owner, key) ? 0 : runLimiter.admit(owner)
  if (waitSeconds > 0) {
    const headers = {'retry-after': String(waitSeconds)}
    return failure('RATE_LIMITED', 'Too many runs were started.', headers)
  }
  const started = runs.start(owner, wanted, key)
  if (started === 'conflict') {
    return failure('IDEMPOTENCY_CONFLICT', 'This key was used for another request.')
  }
  const {run, replayed} = started
  return success({...detailOf(run), replayed}, 202)
}

function withRun(
  {account}: Caller,
  {pathname}: URL,
  {runs}: Site,
  answer: (run: RunState) => Response,
): Response {
  const [, id = ''] = /\/runs\/([^/]+)/.exec(pathname) ?? []
  if (!isUuid(id)) return failure('INTERNAL_ERROR', 'Something went wrong.')
  const run = runs.find(account?.email ?? '', id)
  return run ? answer(run) : noSuchRun()
}

function noSuchRun(): Response {
  return failure('NOT_FOUND', 'There is no such run.')
}
