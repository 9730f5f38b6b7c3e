/**
 * Commands that have to see the files as they are: nothing is read before them, because reading
 * repairs file modes, and the leftovers of killed processes are not removed.
 */
const INSPECTS_ONLY: ReadonlySet<string> = new Set(['doctor'])

/** @param id - of a command, as oclif has it */
export function inspectsOnly(id: string | undefined): boolean {
  return id !== undefined && INSPECTS_ONLY.has(id)
}
