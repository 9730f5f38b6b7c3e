// oclif handles these itself, whatever the command.
const ANSWERED_BY_OCLIF = new Set(['--help', '-h', '--version', '-v'])

// Commands that must work whatever a plugin does: its hooks, commands and manifest are not loaded.
const WITHOUT_PLUGINS = new Set(['', 'inspect', 'uninstall', 'unlink', 'remove', 'reset'])

/** The command of bare `mogplex`: nobody types its name, and help does not show it. */
export const BARE_COMMAND = 'app'

/** The first word of a completion script's call at Tab: `mogplex __complete -- WORDS`. */
export const COMPLETE_WORD = '__complete'

/** Bare `mogplex`, and `mogplex` with only flags, mean the hidden `app` command. */
export function withDefaultCommand(argv: readonly string[]): string[] {
  const [first] = argv
  const meansApp = first === undefined || (first.startsWith('-') && !ANSWERED_BY_OCLIF.has(first))
  return meansApp ? [BARE_COMMAND, ...argv] : [...argv]
}

/** Whether the version is requested: oclif checks the first position only. */
export function asksForVersion([first]: readonly string[]): boolean {
  return first === '--version' || first === '-v'
}

/** Whether the run must answer in JSON: `--json` before `--`, or oclif's variable for it. */
export function wantsJson(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.MOGPLEX_CONTENT_TYPE?.toLowerCase() === 'json') return true
  const end = argv.indexOf('--')
  return argv.slice(0, end === -1 ? undefined : end).includes('--json')
}

/** The contents of `dist/plugins.json`: see scripts/write-manifest.js. */
export const QUICK_COMMANDS = [BARE_COMMAND, 'attach', 'logout', 'models', 'whoami'] as const
const QUICK = new Set<string>(['--version', '-v', ...QUICK_COMMANDS])

/** Whether only a quick command itself is requested: no help, and nothing of other commands. */
export function asksForItself(argv: readonly string[]): boolean {
  return QUICK.has(argv[0] ?? '') && !argv.includes('--help') && !argv.includes('-h')
}

/**
 * Whether to load the user's plugins: not to list or remove them, nor with `MOGPLEX_PLUGINS=off`.
 */
export function wantsUserPlugins(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.MOGPLEX_PLUGINS?.trim().toLowerCase() === 'off') return false
  const [topic, command = ''] = argv.slice(0, 2).flatMap((word) => word.split(':'))
  return topic !== 'plugins' || !(command.startsWith('-') || WITHOUT_PLUGINS.has(command))
}
