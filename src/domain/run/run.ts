import {asRecord, asText} from '../text/json.js'
import {printable} from '../text/printable.js'

/** A run as the service describes it (contract 7). Texts are printable. */
export interface Run {
  readonly runId: string
  /** `pending`, `streaming`, `success`, `failed`, `cancelled`, or a value that is added later. */
  readonly status: string
  readonly harness: string
  readonly repoId: string
  readonly branch: {readonly base: string; readonly working: string}
  readonly createdAt: Date | undefined
  readonly updatedAt: Date | undefined
  /** Its age when the service answered, in milliseconds and by the service's clock. */
  readonly ageMs: number | undefined
  /** Why it failed, where the service says why. */
  readonly error: string | null
}

/** How a run ended. */
type Outcome = 'cancelled' | 'failed' | 'success'

const RUN_ID = /^[\w-]{1,128}$/
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const MAX_ERROR = 2000

/** Whether a text can be a run's id: it becomes part of an address. */
export function isRunId(text: string): boolean {
  return RUN_ID.test(text)
}

/** Ids of the hosted service are UUIDs; on others it answers 500 (contract 7). */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/**
 * @param answeredAt - when the service answered, by its clock
 * @param askedId - the requested run: an answer without an id is about this one
 * @returns `undefined` when it is not a run
 */
export function parseRun(
  value: unknown,
  answeredAt: Date | undefined,
  askedId?: string,
): Run | undefined {
  const fields = asRecord(value)
  const runId = asText(fields?.runId) ?? askedId
  const status = asText(fields?.status)
  if (fields === undefined || runId === undefined || status === undefined) return undefined
  const branch = asRecord(fields.branch)
  const error = asText(fields.error)
  const createdAt = instantOf(fields.createdAt)
  return {
    runId: printable(runId, 128),
    status: printable(status, 40),
    harness: word(fields.harness),
    repoId: word(fields.repoId),
    branch: {base: word(branch?.base), working: word(branch?.working)},
    createdAt,
    updatedAt: instantOf(fields.updatedAt),
    ageMs: createdAt && answeredAt && Math.max(0, answeredAt.getTime() - createdAt.getTime()),
    error: error === undefined ? null : printable(error, MAX_ERROR),
  }
}

/** `undefined` while it runs. Only the status decides, never an event (contract 7). */
export function outcomeOf({status}: Run): Outcome | undefined {
  return status === 'success' || status === 'failed' || status === 'cancelled' ? status : undefined
}

/** A timestamp in the service's format, or `undefined` for anything else. */
export function instantOf(value: unknown): Date | undefined {
  const instant = new Date(asText(value) ?? NaN)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

function word(value: unknown): string {
  return printable(asText(value) ?? '', 200)
}
