import {spawn} from 'node:child_process'
import {npmTrouble} from '../../../domain/plugin/npm-trouble.js'

/** How much of npm's output is shown: nothing, its warnings, everything. */
type NpmOutputLevel = 'all' | 'none' | 'warnings'

export interface NpmOutput {
  readonly outputLevel: NpmOutputLevel
  /** Prints a line of npm. */
  readonly say: (line: string) => void
}

interface Run extends NpmOutput {
  /** The path of npm. */
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** The action, as in "npm could not …". */
  readonly what: string
}

// Optional requests of npm whose results would not be shown.
const QUIETLY = ['--no-audit', '--no-fund', '--no-update-notifier']
// After a failure, only the end of npm's output is useful.
const MAX_KEPT = 100_000

/**
 * Runs npm, which cannot ask questions: its input is closed.
 *
 * @throws {MogplexError} exit 69 when the network or the registry fails, 2 when the package does
 *   not exist, 75 after too many requests, otherwise 1
 */
export async function runNpm({
  program,
  args,
  cwd,
  env,
  what,
  outputLevel,
  say,
}: Run): Promise<void> {
  const level = outputLevel === 'all' ? 'verbose' : outputLevel === 'warnings' ? 'warn' : 'error'
  const isScript = /\.[cm]?js$/.test(program)
  const first = isScript ? [program] : []
  const words = [...first, ...args, `--loglevel=${level}`, ...QUIETLY]
  const child = spawn(isScript ? process.execPath : program, words, {
    cwd,
    env: {...env, HUSKY: '0'}, // the folder of plugins is not a git repository
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && !isScript, // npm.cmd
  })
  let said = ''
  const collect = (text: string): void => {
    said = (said + text).slice(-MAX_KEPT)
    if (outputLevel === 'none') return
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    for (const line of lines) if (outputLevel === 'all' || line.startsWith('npm warn')) say(line)
  }
  child.stderr.setEncoding('utf8').on('data', collect)
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (outputLevel === 'all') collect(text)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw npmTrouble(what, said)
}

/** The output level of the flags, otherwise of `MOGPLEX_NPM_LOG_LEVEL`. */
export function npmOutputLevel(
  {silent, verbose}: {readonly silent?: boolean; readonly verbose?: boolean},
  {MOGPLEX_NPM_LOG_LEVEL: level = ''}: NodeJS.ProcessEnv,
): NpmOutputLevel {
  if (verbose === true) return 'all'
  if (silent === true || ['silent', 'error'].includes(level)) return 'none'
  return ['http', 'info', 'silly', 'verbose'].includes(level) ? 'all' : 'warnings'
}
