/** The flags of all our commands. */
export const GLOBAL_FLAGS: ReadonlySet<string> = new Set(['--json', '--no-color', '--no-input'])

/** The flag that names the profile; takes a value, also before the command. */
export const PROFILE_FLAG = '--profile'

/** A command line without a `--profile NAME` before the command. */
export interface WithoutProfile {
  readonly argv: readonly string[]
  /** Each given name; `undefined` where the name is missing. */
  readonly named: readonly (string | undefined)[]
}

/**
 * Extracts `--profile NAME` from before the command: there it is ours, whichever plugin owns the
 * command.
 *
 * @param argv - what was typed after `mogplex`
 */
export function takeLeadingProfile(argv: readonly string[]): WithoutProfile {
  const kept: string[] = []
  const named: (string | undefined)[] = []
  let index = 0
  for (; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    if (GLOBAL_FLAGS.has(word)) kept.push(word)
    else if (word === PROFILE_FLAG) {
      named.push(argv[index + 1])
      index += 1
    } else if (word.startsWith(`${PROFILE_FLAG}=`)) named.push(word.slice(PROFILE_FLAG.length + 1))
    else break
  }
  return {argv: [...kept, ...argv.slice(index)], named}
}

/** oclif handles these itself, and looks for those of the version in the first position only. */
const ANSWERED_BY_OCLIF = new Set(['--help', '-h', '--version', '-v'])

/**
 * The command line with global flags moved after the command, as oclif expects them: `--json
 * whoami` becomes `whoami --json`. Where no command follows them, they stay.
 *
 * @param argv - what was typed after `mogplex`
 */
export function withGlobalFlagsBehind(argv: readonly string[]): string[] {
  const start = argv.findIndex((word) => !GLOBAL_FLAGS.has(word))
  const first = argv[start]
  if (start <= 0 || first === undefined) return [...argv]
  const isWord = ANSWERED_BY_OCLIF.has(first) || !first.startsWith('-')
  if (!isWord) return [...argv]
  const rest = argv.slice(start)
  const flag = rest.findIndex((word, index) => index > 0 && word.startsWith('-'))
  const end = flag === -1 ? rest.length : flag
  return [...rest.slice(0, end), ...argv.slice(0, start), ...rest.slice(end)]
}
