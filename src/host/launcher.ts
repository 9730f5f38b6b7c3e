import {once} from 'node:events'
import {flush, run} from '@oclif/core'
import {
  asksForItself,
  asksForVersion,
  COMPLETE_WORD,
  wantsJson,
  wantsUserPlugins,
  withDefaultCommand,
} from './argv.js'
import {type CliConfig, loadConfig, type LoadMode} from './cli-config.js'
import {flushHeldOutput} from '../recording/held-output.js'
import {takeProfile} from './profile-flag.js'
import {notifyPlugins} from './plugins/notify-plugins.js'
import {LocalFileError} from '../domain/errors/local-files.js'
import {whyOf} from '../domain/errors/system-error.js'
import {takeLeadingProfile, withGlobalFlagsBehind} from '../domain/settings/global-flags.js'
import {isQuietExit, quietExitCode} from '../domain/errors/error-report.js'
import type {FailedRun} from './report-error.js'

// Nothing of the error itself: the redactor may be what failed to load.
const CANNOT_SAY =
  'Error: What went wrong cannot be said: files of mogplex are missing. Install it again.\n'

/** The parts of `process` that the launcher uses. */
export type LaunchProcess = Pick<
  NodeJS.Process,
  'chdir' | 'cwd' | 'env' | 'exit' | 'exitCode' | 'on' | 'stderr' | 'stdout'
>

interface Parts {
  readonly process: LaunchProcess
  readonly load: (root: string, mode: LoadMode) => Promise<CliConfig>
  readonly run: (argv: string[], config: CliConfig) => Promise<unknown>
  readonly flush: () => Promise<void>
}

/**
 * Runs the CLI: argv in, oclif out. Every error is handled here, so that it looks the same whatever
 * threw it, in text and with `--json`, and so that the exit code is the same in both.
 *
 * @param typed - the words after `mogplex`
 * @param root - the folder of the CLI's package.json
 * @param parts - its dependencies; tests pass others
 * @returns whether no code but ours was loaded
 */
export async function launch(
  typed: readonly string[],
  root: string,
  parts: Parts = {process, load: loadConfig, run, flush},
): Promise<boolean> {
  const {process} = parts
  const leading = takeLeadingProfile(typed)
  const argv = withGlobalFlagsBehind(leading.argv)
  leaveVanishedFolder(process)
  letReadersLeave(process)
  const json = wantsJson(argv, process.env)
  let config: CliConfig | undefined
  // eslint-disable-next-line no-restricted-properties -- pending work would keep the process alive
  const exit = process.exit.bind(process)
  const crashes: unknown[] = []
  let failure: {readonly error: unknown} | undefined
  let isOver = false
  process.on('uncaughtException', (error: unknown) => {
    if (crashes.push(error) > 1) return // errors that follow are caused by the first one
    const isReported = failure !== undefined && failure.error === error
    const mayPrintJson = json && !isOver // otherwise stdout has had its only value
    const crash = {argv, config, process, json: mayPrintJson, event: 'crash'} as const
    const reporting = isReported ? Promise.resolve() : report(error, crash)
    const sayLess = (): unknown => process.stderr.write(CANNOT_SAY)
    void reporting.catch(sayLess).finally(() => exit(process.exitCode ?? 1))
  })
  if (wantsDebugOutput(process.env)) {
    const {guardDebugOutput} = await import('../recording/guarded-output.js')
    await guardDebugOutput()
  }
  try {
    config = await parts.load(root, {
      json,
      showsWarnings: wantsDebugOutput(process.env) || tracesWarnings(process.env),
      userPlugins: wantsUserPlugins(argv, process.env),
      quick: asksForItself(withDefaultCommand(argv)),
    })
    const chosen = takeProfile({...leading, argv}, config)
    config.profile = chosen.profile
    if (argv[0] === COMPLETE_WORD) await answerTab(argv, config, process)
    else if (json && asksForVersion(argv)) process.stdout.write(versionJson(config))
    else await parts.run(withDefaultCommand(chosen.argv), config)
    isOver = true
    await everythingWritten(parts)
  } catch (error) {
    isOver = true
    failure = {error}
    if (crashes.length > 0) return false // it is being reported, and ends the process
    if (isQuietExit(error)) process.exitCode = quietExitCode(error)
    else await report(error, {argv, config, process, json})
  } finally {
    flushHeldOutput()
    if (config !== undefined) await notifyPlugins(config)
    await config?.close()
  }
  return config !== undefined && config.custody === undefined
}

/** Loads the reporting when it is needed: most runs succeed. */
async function report(error: unknown, run: FailedRun): Promise<void> {
  const {reportError} = await import('./report-error.js')
  await reportError(error, run)
}

/** As fast as possible: somebody waits at each Tab. No hook runs. */
async function answerTab(
  [, , ...words]: readonly string[],
  config: CliConfig,
  {stdout}: LaunchProcess,
): Promise<void> {
  const {answerCompletion} = await import('./completion/answer.js')
  stdout.write(await answerCompletion(words, config))
}

/** oclif's answer to `--version` is text, with any other flags. */
function versionJson({name, version, platform, arch}: CliConfig): string {
  const node = process.versions.node
  return `${JSON.stringify({name, version, node, platform, arch})}\n`
}

/** The current folder may have been removed; oclif and others ask for it all the same. */
function leaveVanishedFolder(process: LaunchProcess): void {
  try {
    process.cwd()
  } catch {
    process.chdir('/')
  }
}

/**
 * A closed reader of stdout is not an error. oclif handles that too, once it has loaded a command.
 */
function letReadersLeave(process: LaunchProcess): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    const message = `Standard output cannot be written: ${whyOf(error)}.`
    throw new LocalFileError(message, 'Free some space, or send it somewhere else.')
  })
}

/** Does not wait for a closed reader (`mogplex --help head -1`), as oclif's `flush` would. */
async function everythingWritten({process: {stdout}, flush}: Parts): Promise<void> {
  flushHeldOutput()
  const isWaiting = stdout.errored === null && stdout.writableLength > 0
  if (isWaiting) await Promise.race([flush(), once(stdout, 'error')])
}

/** Variables that make oclif, got and Node print more than anybody should read. */
function wantsDebugOutput({DEBUG = '', NODE_DEBUG = ''}: NodeJS.ProcessEnv): boolean {
  return DEBUG !== '' || NODE_DEBUG !== ''
}

/** Node's options with which authors of plugins look for the source of a warning. */
function tracesWarnings({NODE_OPTIONS = ''}: NodeJS.ProcessEnv): boolean {
  return /--trace-(?:deprecation|warnings)\b/.test(NODE_OPTIONS)
}
