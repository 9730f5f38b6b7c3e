import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** The service does not know this run, or it belongs to another account: exit 1. */
export class NoSuchRunError extends MogplexError {
  readonly code = 'NO_SUCH_RUN'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Check the id; `mogplex whoami` shows the account in use.'

  /** @param account - whose runs were searched, printable */
  constructor(runId: string, account: string) {
    super(`There is no such run for this account (${account}): ${runId}.`)
  }
}

/** The service refuses this action in the run's current state: exit 1. */
export class RunRefusedError extends MogplexError {
  readonly code = 'RUN_REFUSED'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Check the state of the run, then try again.'

  /** @param why - what the service said, printable */
  constructor(host: string, why: string) {
    super(`${host} refuses: ${why}.`)
  }
}

/** The run continues, but nobody waits for it any more: exit 1. */
export class RunTimeoutError extends MogplexError {
  readonly code = 'RUN_TIMED_OUT'
  readonly exitCode = ExitCode.Failed
  readonly remedy: string

  constructor(runId: string, seconds: number) {
    super(`The run did not end within ${seconds} s. It goes on.`)
    this.remedy = `Run \`mogplex attach ${runId}\` to follow it again.`
  }
}
