import {Config} from '@oclif/core'
import {ExitCode} from '../errors.js'
import {withSession} from '../given-session.js'
import type {Session} from '../session.js'
import {errorLine, exitCodeOf} from './error-output.js'

/** The result of a command that ran in a test. */
export interface CommandResult {
  /** What it returned. */
  readonly result: unknown
  readonly stdout: string
  readonly stderr: string
  /** The error it threw, if any. */
  readonly error: Error | undefined
  /** The exit code that the CLI would have used. */
  readonly exitCode: number
}

interface Runnable {
  run(argv: string[], config: Config): Promise<unknown>
}

/**
 * Runs a command in this process with a session in place of the CLI's, including the gate, and
 * collects its output, with `--json` including the line of an error. One at a time.
 *
 * @param root - the folder of the plugin's package.json; by default the current folder
 */
export async function runCommand(
  command: Runnable,
  argv: readonly string[],
  {session, root = process.cwd()}: {session: Session; root?: string},
): Promise<CommandResult> {
  const config = await Config.load({root, devPlugins: false, userPlugins: false})
  const putExitCodeBack = takeExitCode()
  const [stdout, stderr] = [collect(process.stdout), collect(process.stderr)]
  try {
    const result = await withSession(session, async () => command.run([...argv], config))
    const code = Number(process.exitCode ?? ExitCode.Done)
    return {result, stdout: stdout.text(), stderr: stderr.text(), error: undefined, exitCode: code}
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const out = stdout.text() + (wantsJson(argv) ? errorLine(error) : '')
    const err = stderr.text()
    return {result: undefined, stdout: out, stderr: err, error, exitCode: exitCodeOf(error)}
  } finally {
    stdout.release()
    stderr.release()
    putExitCodeBack()
  }
}

/** A test runner sets it after another test has failed. @returns a function that restores it */
function takeExitCode(): () => void {
  const {exitCode} = process
  process.exitCode = undefined
  return () => {
    process.exitCode = exitCode
  }
}

/** As in the CLI: words after `--` are not flags. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end === -1 ? undefined : end).includes('--json')
}

function collect(stream: NodeJS.WriteStream): {text: () => string; release: () => void} {
  const chunks: string[] = []
  const write: unknown = Reflect.get(stream, 'write')
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
    const done = rest.findLast((each) => typeof each === 'function')
    if (typeof done === 'function') process.nextTick(done)
    return true
  }
  return {
    text: () => chunks.join(''),
    release: () => {
      Object.assign(stream, {write})
    },
  }
}
