/**
 * Commands that must see the files unchanged: nothing is read before them, because reading repairs
 * file modes, and the leftovers of killed processes are not removed.
 */
const INSPECTS_ONLY: ReadonlySet<string> = new Set(['doctor'])

/** @param id - the command id in oclif's form */
export function inspectsOnly(id: string | undefined): boolean {
  return id !== undefined && INSPECTS_ONLY.has(id)
}
