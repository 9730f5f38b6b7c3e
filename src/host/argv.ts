// oclif answers these itself, whatever the command.
const ANSWERED_BY_OCLIF = new Set(['--help', '-h', '--version', '-v'])

// What has to work whatever a plugin does: its hooks, its commands and its manifest are not loaded.
const WITHOUT_PLUGINS = new Set(['', 'inspect', 'uninstall', 'unlink', 'remove', 'reset'])

/** What runs by bare `mogplex`: nobody types its name, and nothing shows it. */
export const BARE_COMMAND = 'app'

/** The first word of what a shell's script asks at Tab: `mogplex __complete -- WORDS`. */
export const COMPLETE_WORD = '__complete'

/** Bare `mogplex`, and `mogplex` with only flags, mean the hidden `app` command. */
export function withDefaultCommand(argv: readonly string[]): string[] {
  const [first] = argv
  const meansApp = first === undefined || (first.startsWith('-') && !ANSWERED_BY_OCLIF.has(first))
  return meansApp ? [BARE_COMMAND, ...argv] : [...argv]
}

/** Whether the version is asked for: oclif looks in the first place only. */
export function asksForVersion([first]: readonly string[]): boolean {
  return first === '--version' || first === '-v'
}

/** Whether the run is to answer in JSON: `--json` before `--`, or oclif's variable for it. */
export function wantsJson(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.MOGPLEX_CONTENT_TYPE?.toLowerCase() === 'json') return true
  const end = argv.indexOf('--')
  return argv.slice(0, end === -1 ? undefined : end).includes('--json')
}

/** What is in `dist/plugins.json`: see scripts/write-manifest.js. */
export const QUICK_COMMANDS = [BARE_COMMAND, 'attach', 'logout', 'models', 'whoami'] as const
const QUICK = new Set<string>(['--version', '-v', ...QUICK_COMMANDS])

/** Whether nothing but a quick command itself is asked for: no help, and nothing of other commands. */
export function asksForItself(argv: readonly string[]): boolean {
  return QUICK.has(argv[0] ?? '') && !argv.includes('--help') && !argv.includes('-h')
}

/** Whether plugins of the user are to be loaded: not to list or remove them, nor with `MOGPLEX_PLUGINS=off`. */
export function wantsUserPlugins(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.MOGPLEX_PLUGINS?.trim().toLowerCase() === 'off') return false
  const [topic, command = ''] = argv.slice(0, 2).flatMap((word) => word.split(':'))
  return topic !== 'plugins' || !(command.startsWith('-') || WITHOUT_PLUGINS.has(command))
}
