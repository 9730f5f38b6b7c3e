interface Patch {
  readonly why: string
  readonly until: string
  readonly file: string
  readonly from: string
}

export const PATCHES: readonly Patch[]

/** The text of a module of oclif as the bundle has it; `done` gets the patches that were applied. */
export function patchedOclif(text: string, path: string, done: Set<object>): string

/** Throws where a patch was not applied. */
export function assertPatched(done: ReadonlySet<object>): void
