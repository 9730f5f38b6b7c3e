/** The flags of every command of ours. */
export const GLOBAL_FLAGS: ReadonlySet<string> = new Set(['--json', '--no-color', '--no-input'])

/** oclif answers these itself, and looks for those of the version in the first place only. */
const ANSWERED_BY_OCLIF = new Set(['--help', '-h', '--version', '-v'])

/**
 * The command line with the flags of every command behind the command, as oclif takes it:
 * `--json whoami` is `whoami --json`. Where no command follows them, they stay.
 *
 * @param argv - what was typed behind `mogplex`
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
