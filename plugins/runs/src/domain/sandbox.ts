import {asList, type Fields, instantOf, textOf} from './json.js'

/**
 * A sandbox. Its existence is documented, and its format is not: each text may be empty. Texts are
 * printable.
 */
export interface Sandbox {
  readonly id: string
  readonly repoId: string
  readonly status: string
  readonly branch: string
  readonly createdAt: Date | undefined
  /** As the service sent it. */
  readonly given: Fields
}

export function parseSandboxes(value: unknown): Sandbox[] {
  return asList(value).map((given) => ({
    id: textOf(given.id),
    repoId: textOf(given.repoId),
    status: textOf(given.status),
    branch: textOf(given.branch),
    createdAt: instantOf(given.createdAt),
    given,
  }))
}
