/** Forms that identify a text as something else: paths, people, ids, instants. */
const HARMLESS =
  /^(?:[./~]|[a-z]:\\|[a-z][a-z\d+.-]*:\/\/|run_|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|\d{4}-\d\d-\d\dT|[^@\s]+@[^@\s]+\.[a-z]+$)/i
/** No natural word and no model name is that long without a separator. */
const LONGEST_WORD = 24

/**
 * The words of a command line that look random: a misplaced key, for example, which an error would
 * repeat. Names of commands and models, paths and ids are excluded.
 *
 * @param argv - what was typed after `mogplex`
 */
export function typedSecrets(argv: readonly string[]): string[] {
  return argv
    .map((word) => word.replace(/^-+(?:[a-z][a-z-]*=)?/, ''))
    .filter((word) => !HARMLESS.test(word) && !/\s/.test(word))
    .filter((word) => word.split(/[^A-Za-z\d]+/).some(isRandom))
}

function isRandom(part: string): boolean {
  const {length} = part
  if (length >= LONGEST_WORD) return true
  const [upper, lower, digits] = [count(part, /[A-Z]/g), count(part, /[a-z]/g), count(part, /\d/g)]
  const changes = count(part, /(?<=[A-Z])[^A-Z]|(?<=[a-z])[^a-z]|(?<=\d)\D/g) / length
  if (upper > 0 && lower > 0 && digits > 0) return length >= 8 && changes >= 0.35
  if (digits > 0) return length >= 12 && digits < length && changes >= 0.25
  return length >= 16 && upper / length >= 0.25 && lower / length >= 0.25
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
