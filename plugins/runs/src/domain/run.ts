import {NotUnderstoodError, UsageError} from './errors.js'
import {asFields, type Fields, instantOf, textOf} from './json.js'

/** A run as the service describes it. Texts are printable. */
export interface Run {
  readonly id: string
  /** `pending`, `streaming`, `success`, `failed`, `cancelled`, or a value that is added later. */
  readonly status: string
  readonly harness: string
  readonly repoId: string
  readonly base: string
  readonly working: string
  readonly rootDirectory: string
  readonly createdAt: Date | undefined
  readonly updatedAt: Date | undefined
  /** Why it failed; empty where unknown. */
  readonly error: string
  /** As the service sent it. */
  readonly given: Fields
}

const RUN_ID = /^[\w-]{1,128}$/
const ENDED = new Set(['cancelled', 'failed', 'success'])

/** @throws {NotUnderstoodError} exit 69, when it is not a run */
export function parseRun(value: unknown): Run {
  const given = asFields(value)
  const [id, status] = [textOf(given?.runId), textOf(given?.status)]
  if (given === undefined || !RUN_ID.test(id) || status === '')
    throw new NotUnderstoodError('a run')
  const branch = asFields(given.branch)
  return {
    id,
    status,
    harness: textOf(given.harness),
    repoId: textOf(given.repoId),
    base: textOf(branch?.base),
    working: textOf(branch?.working),
    rootDirectory: textOf(given.rootDirectory),
    createdAt: instantOf(given.createdAt),
    updatedAt: instantOf(given.updatedAt),
    error: textOf(given.error, 2000),
    given,
  }
}

export function hasEnded({status}: Pick<Run, 'status'>): boolean {
  return ENDED.has(status)
}

/** @throws {UsageError} exit 2: it becomes part of an address */
export function requireRunId(text: string): string {
  if (RUN_ID.test(text)) return text
  throw new UsageError(
    'That is not a run id: an id has only letters, digits, - and _, at most 128.',
    'Give the id as `mogplex run` or the service shows it.',
  )
}
