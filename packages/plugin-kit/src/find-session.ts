import type {Config} from '@oclif/core'
import {ExitCode, MogplexError} from './errors.js'
import type {Session} from './session.js'

/** The command runs in a CLI that does not hand out a session: exit 1. */
export class NoSessionError extends MogplexError {
  readonly code = 'NO_SESSION'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Run the command with `mogplex`, after `mogplex plugins link` or `install`.'

  constructor() {
    super('This command needs the Mogplex CLI around it, and no session was handed to it.')
  }
}

/**
 * Asks the CLI for its session by the hook `mogplex:session`. A plugin has its own copies of its
 * imports, so nothing else is shared with the CLI; and any plugin may answer a hook, so only the
 * answer of the root plugin counts.
 *
 * @throws {NoSessionError} exit 1, when the root plugin does not answer
 */
export async function findSession(config: Config): Promise<Session> {
  const {successes, failures} = await config.runHook('mogplex:session', {})
  const isRoot = ({plugin}: {plugin: {root: string}}): boolean => plugin.root === config.root
  const failure = failures.find(isRoot)
  if (failure !== undefined) throw failure.error
  const answer: unknown = successes.find(isRoot)?.result
  if (!isSession(answer)) throw new NoSessionError()
  return answer
}

function isSession(answer: unknown): answer is Session {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'require' in answer &&
    typeof answer.require === 'function'
  )
}
