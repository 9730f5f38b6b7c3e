/** What stands beside a file, by its names alone. */
export interface NeighborFiles {
  /** Of writers that were killed, or that write now: secrets are in them. */
  readonly temporary: readonly string[]
  /** What its locks consist of. */
  readonly locks: readonly string[]
  /** What had to give way, and was kept: credentials may be in them. */
  readonly copies: readonly string[]
}

const TEMPORARY = /^\.[\w-]{36}\.tmp$/
const LOCK = /^(?:\.refresh)?\.lock(?:\.|$)/
const OF_REFRESH = /^\.refresh\.[\w-]{36}\.tmp$/
const COPY = /^\.(?:broken|foreign)-/

/**
 * @param names - of all that is in its folder
 * @param file - its own name
 */
export function neighborFilesOf(names: readonly string[], file: string): NeighborFiles {
  const rests = names.filter((name) => name.startsWith(`${file}.`)).sort()
  const those = (...patterns: readonly RegExp[]): string[] =>
    rests.filter((name) => patterns.some((pattern) => pattern.test(name.slice(file.length))))
  return {temporary: those(TEMPORARY, OF_REFRESH), locks: those(LOCK), copies: those(COPY)}
}
