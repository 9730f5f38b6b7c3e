import type {Config} from '@oclif/core'

/** The default time limit for following a run, from the public documentation. */
export const FOLLOW_SECONDS = 1800

export const FOLLOW_FLAG = {description: 'Follow the run until it ends.'}
export const FOLLOW_TIMEOUT_FLAG = {
  min: 1,
  max: 86_400,
  helpValue: 'SECONDS',
  dependsOn: ['follow'],
  description: `Leave after this many seconds, with exit code 1; ${FOLLOW_SECONDS} by default.`,
}

/** The options passed to the command that follows. */
const PASSED_ON = new Set(['--json', '--no-color', '--no-input'])

interface Follow {
  /** No limit when absent. */
  readonly timeoutSeconds: number | undefined
  /** The arguments for the command that follows. */
  readonly argv: readonly string[]
}

/**
 * Follows a run like `mogplex attach`, which sets the exit code.
 *
 * @throws {MogplexError} errors of `attach`
 */
export async function follow(
  config: Config,
  runId: string,
  {timeoutSeconds, argv}: Follow,
): Promise<void> {
  const end = argv.indexOf('--')
  const flags = argv.slice(0, end === -1 ? undefined : end).filter((word) => PASSED_ON.has(word))
  const limit = timeoutSeconds === undefined ? [] : ['--timeout', String(timeoutSeconds)]
  await config.runCommand('attach', [...new Set(flags), ...limit, '--', runId])
}
