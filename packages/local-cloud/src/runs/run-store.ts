import {createHash, randomUUID} from 'node:crypto'
import type {RunRequest} from './read-run-request.js'
import {scriptFor} from './run-scripts.js'
import type {RunScript} from './run-script.js'

type RunStatus = 'cancelled' | 'failed' | 'pending' | 'streaming' | 'success'

/** An event in the API's format (contract section 7). */
interface RunEvent {
  readonly id: string
  readonly type: string
  readonly toolName: string | null
  readonly message: string | null
  readonly payload: Readonly<Record<string, unknown>>
  readonly createdAt: string
}

/** The current state of a run. */
export interface RunState {
  readonly id: string
  readonly request: RunRequest
  readonly status: RunStatus
  readonly error: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Oldest first. */
  readonly events: readonly RunEvent[]
}

/** The runs of all accounts, in memory. An owner is an account's e-mail address. */
export interface RunStore {
  /** @returns `'conflict'` when the key was used for another request */
  start(
    owner: string,
    request: RunRequest,
    key: string,
  ): {readonly run: RunState; readonly replayed: boolean} | 'conflict'
  /** Whether a run was started with this key. */
  hasStarted(owner: string, key: string): boolean
  /** Newest first. */
  list(owner: string): readonly RunState[]
  /** `undefined` when the owner has no such run. */
  find(owner: string, id: string): RunState | undefined
  /** Cancels it, unless it has ended; `undefined` when the owner has no such run. */
  cancel(owner: string, id: string): {readonly run: RunState; readonly wasOver: boolean} | undefined
}

interface Entry {
  readonly id: string
  readonly owner: string
  readonly key: string
  readonly request: RunRequest
  readonly story: RunScript
  readonly startedAt: number
  cancelledAt?: number
}

const STREAMING_SECONDS = 1
const CANCEL_SECONDS = 1

/**
 * @param pace - how long a second of a script takes, in seconds: 0.02 makes a test fast, and with 0
 *   everything that can happen has happened
 */
export function createRunStore(pace: number): RunStore {
  const entries: Entry[] = []
  const secondsOf = ({startedAt}: Entry) =>
    pace === 0 ? Infinity : (Date.now() - startedAt) / 1000 / pace
  const find = (owner: string, id: string) =>
    entries.find((entry) => entry.owner === owner && entry.id === id.toLowerCase())
  const runOf = (entry: Entry) => runAt(entry, secondsOf(entry), pace)

  const findByKey = (owner: string, key: string) =>
    entries.find((entry) => entry.owner === owner && entry.key === key)

  return {
    start(owner, request, key) {
      const known = findByKey(owner, key)
      if (known) {
        const isSame = JSON.stringify(known.request) === JSON.stringify(request)
        return isSame ? {run: runOf(known), replayed: true} : 'conflict'
      }
      const story = scriptFor(request.prompt)
      const entry = {id: randomUUID(), owner, key, request, story, startedAt: Date.now()}
      entries.push(entry)
      return {run: runOf(entry), replayed: false}
    },
    hasStarted: (owner, key) => findByKey(owner, key) !== undefined,
    list: (owner) =>
      entries
        .filter((entry) => entry.owner === owner)
        .map(runOf)
        .toReversed(),
    find(owner, id) {
      const entry = find(owner, id)
      return entry && runOf(entry)
    },
    cancel(owner, id) {
      const entry = find(owner, id)
      if (!entry) return
      const wasOver = isOver(runOf(entry).status)
      if (!wasOver) entry.cancelledAt ??= pace === 0 ? lastAt(entry.story) : secondsOf(entry)
      return {run: runOf(entry), wasOver}
    },
  }
}

export function isOver(status: RunStatus): boolean {
  return status === 'success' || status === 'failed' || status === 'cancelled'
}

/** The state of a run a number of seconds after its start. */
function runAt(entry: Entry, seconds: number, pace: number): RunState {
  const {id, request, story, startedAt, cancelledAt} = entry
  const {end} = story
  const scenes = story.scenes.filter(({at}) => at <= Math.min(seconds, cancelledAt ?? Infinity))
  if (cancelledAt !== undefined) {
    scenes.push({at: cancelledAt, type: 'cancel_requested'})
    const at = cancelledAt + CANCEL_SECONDS
    if (seconds >= at) scenes.push({at, type: 'cancelled', message: 'Cancelled on request.'})
  }
  const instantAt = (at: number) => new Date(startedAt + at * pace * 1000)
  const isEnded = cancelledAt === undefined && end !== undefined && seconds >= end.at
  return {
    id,
    request,
    status: isEnded ? end.status : statusAt(seconds, cancelledAt),
    error: isEnded ? (end.error ?? null) : null,
    createdAt: new Date(startedAt),
    updatedAt: instantAt(isEnded ? end.at : lastAt({scenes})),
    events: scenes.map(({at, type, toolName = null, message = null, payload = {}}, index) => ({
      id: relatedId(id, index),
      type,
      toolName,
      message,
      payload,
      createdAt: instantAt(at).toISOString(),
    })),
  }
}

function lastAt({scenes}: Pick<RunScript, 'scenes'>): number {
  return scenes.at(-1)?.at ?? 0
}

function statusAt(seconds: number, cancelledAt: number | undefined): RunStatus {
  if (cancelledAt !== undefined && seconds >= cancelledAt + CANCEL_SECONDS) return 'cancelled'
  return seconds < STREAMING_SECONDS ? 'pending' : 'streaming'
}

/** The id of something in a run: the same each time. */
export function relatedId(runId: string, what: number | string): string {
  const hex = createHash('sha256').update(`${runId} ${what}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
    .concat(hex.slice(20, 32))
    .join('-')
}
