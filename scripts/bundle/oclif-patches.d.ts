interface Patch {
  readonly why: string
  readonly until: string
  readonly file: string
  readonly from: string
}

export const PATCHES: readonly Patch[]

/** The text of a module of oclif for the bundle; `done` gets the applied patches. */
export function patchedOclif(text: string, path: string, done: Set<object>): string

/** Throws where a patch was not applied. */
export function assertPatched(done: ReadonlySet<object>): void
