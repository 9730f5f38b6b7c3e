/**
 * Commands that want to see everything as it is: nothing is read before them, since reading repairs
 * rights, and nothing that killed processes left is removed.
 */
const LOOK_FIRST: ReadonlySet<string> = new Set(['doctor'])

/** @param id - of a command, as oclif has it */
export function looksFirst(id: string | undefined): boolean {
  return id !== undefined && LOOK_FIRST.has(id)
}
