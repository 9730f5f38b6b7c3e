import {UsageError} from './errors.js'

export const HARNESSES = ['codex', 'claude-code'] as const

/** The task of a run (`POST /runs`). */
export interface StartRequest {
  readonly repoId: string
  readonly prompt: string
  readonly harness?: string | undefined
  readonly baseBranch?: string | undefined
  readonly workingBranch?: string | undefined
  readonly createBranch?: boolean | undefined
  readonly rootDirectory?: string | undefined
}

// Valid as an HTTP header, and for the service: up to 200 characters.
const KEY = /^[\x21-\x7E]{1,200}$/

/** @throws {UsageError} exit 2 */
export function requireKey(key: string): string {
  if (KEY.test(key)) return key
  throw new UsageError(
    'That is not an idempotency key: use 1 to 200 ASCII characters without blanks.',
    'Give another one, or none: then one is made.',
  )
}

/** @throws {UsageError} exit 2, for values that the service would refuse */
export function requireBranches({
  baseBranch,
  workingBranch,
  createBranch,
}: Omit<StartRequest, 'prompt' | 'repoId'>): void {
  if (createBranch !== true || workingBranch === undefined || workingBranch !== baseBranch) return
  throw new UsageError(
    'A new branch cannot have the name of its base.',
    'Give --branch another name, or leave it out: then one is made.',
  )
}

/** Identifies equal requests, whatever the order of their members. */
export function identityOf(request: StartRequest): string {
  const entries = Object.entries(request).filter(([, value]) => value !== undefined)
  return JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
