import {type ErrorDetails, ExitCode, MogplexError} from '@mogplex/plugin-kit'

/** The command line is invalid: exit 2. */
export class UsageError extends MogplexError {
  readonly code = 'USAGE'
  readonly exitCode = ExitCode.Usage

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** The service does not know this run, or it belongs to another account: exit 1. */
export class NoSuchRunError extends MogplexError {
  readonly code = 'NO_SUCH_RUN'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Check the id; `mogplex whoami` shows the account in use.'

  constructor(runId: string) {
    super(`There is no such run for this account: ${runId}.`)
  }
}

/** The account has no repository of that id or name: exit 1. */
export class NoSuchRepositoryError extends MogplexError {
  readonly code = 'NO_SUCH_REPOSITORY'
  readonly exitCode = ExitCode.Failed
  readonly remedy: string
  override readonly details: ErrorDetails

  /**
   * @param wanted - printable
   * @param candidates - similar names, printable
   */
  constructor(wanted: string, candidates: readonly string[]) {
    super(`No such repository was found for this account: ${wanted}.`)
    this.details = {candidates}
    this.remedy =
      candidates.length === 0
        ? '`mogplex repos list` shows those there are; `mogplex whoami` says whose.'
        : `Did you mean ${candidates.join(', ')}? \`mogplex repos list\` shows all.`
  }
}

/** An answer does not match the API: exit 69. */
export class NotUnderstoodError extends MogplexError {
  readonly code = 'REMOTE'
  readonly exitCode = ExitCode.Remote
  readonly remedy = 'Try again; if the problem persists, `mogplex` may be too old for the service.'

  /** @param what - the requested thing: `a run` */
  constructor(what: string) {
    super(`The service did not answer with ${what}.`)
  }
}

/** Only a browser session has access: exit 65. */
export class BrowserOnlyError extends MogplexError {
  readonly code = 'BROWSER_ONLY'
  readonly exitCode = ExitCode.Access
  readonly remedy: string

  /** @param site - the page to open */
  constructor(site: string) {
    super('A sandbox can be stopped only in the browser, not with a CLI login or a key.')
    this.remedy = `Open ${site} and stop it there; \`mogplex runs cancel ID\` ends the run that uses it.`
  }
}
