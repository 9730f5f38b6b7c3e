import {ExitCode} from '@mogplex/plugin-kit/errors'
import {shortPath} from '../app/names.js'
import {type ErrorReport, REPORT_IT} from '../domain/errors/error-report.js'
import {tildeFolder} from '../domain/platform/shell.js'
import type {Trouble} from '../recording/trouble.js'
import {paletteFor, wantsColour} from '../terminal/palette.js'
import {fit} from '../terminal/wrap.js'
import type {CliConfig} from './cli-config.js'
import {authorOf, authorText} from './plugins/plugin-author.js'
import {inProfile} from './profile-flag.js'

type ReportProcess = Pick<NodeJS.Process, 'env' | 'exitCode' | 'stderr' | 'stdout'>

/** The run that failed. */
export interface FailedRun {
  readonly argv: readonly string[]
  /** Absent when the CLI itself could not be loaded. */
  readonly config: CliConfig | undefined
  readonly process: ReportProcess
  readonly json: boolean
  /** Set when nothing caught the error. */
  readonly event?: 'crash'
}

/**
 * Prints an error without secrets, and sets its exit code; that of a failure before a crash stays.
 */
export async function reportError(
  error: unknown,
  {argv, config, process, json, event}: FailedRun,
): Promise<void> {
  const words = commandWords(argv, config)
  const command = ['mogplex', ...words].join(' ')
  const {report: told, log} = await troubleOf(error, command, config, event)
  const author = config && authorOf(words.join(':'), config)
  const isTheirs = author !== undefined && told.remedy.startsWith(REPORT_IT)
  const remedy = isTheirs
    ? `${REPORT_IT} to ${authorText(author)}.`
    : inProfile(told.remedy, config?.profile)
  const report = {...told, remedy}
  const hasFailed = event === 'crash' && Boolean(process.exitCode)
  if (!hasFailed) process.exitCode = report.exitCode
  if (json) process.stdout.write(`${JSON.stringify({error: report})}\n`)
  else process.stderr.write(fit(errorText(report, log, argv, process), process.stderr))
}

/** Without a config there is no log. */
async function troubleOf(
  error: unknown,
  command: string,
  config: CliConfig | undefined,
  event?: 'crash',
): Promise<Trouble> {
  const {compose} = await import('../compose.js')
  if (config !== undefined) return compose(config).trouble(error, command, event)
  const trouble = await import('../recording/trouble.js')
  return trouble.troubleOf(error, command, undefined)
}

/** The words of the command that ran, without `mogplex`. */
function commandWords(argv: readonly string[], config: CliConfig | undefined): string[] {
  const end = argv.findIndex((word) => !/^[\w-]+$/.test(word) || word.startsWith('-'))
  const words = argv.slice(0, end === -1 ? undefined : end)
  const last = words.findLastIndex(
    (_, index) => config?.findCommand(words.slice(0, index + 1).join(':')) !== undefined,
  )
  return words.slice(0, Math.max(last, 0) + 1)
}

function errorText(
  {exitCode, message, remedy}: ErrorReport,
  log: string | undefined,
  argv: readonly string[],
  {stderr, env}: ReportProcess,
): string {
  if (exitCode === ExitCode.Cancelled) return `${message}\n` // the user knows what was cancelled
  const palette = paletteFor(wantsColour(stderr, env, argv))
  const details = log && `${palette.faint(`Details in ${shortPath(log, tildeFolder(env))}`)}\n`
  return `${palette.bad('Error:')} ${message}\n${remedy}\n${details ?? ''}`
}
