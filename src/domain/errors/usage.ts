import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** A flag or a setting is invalid: exit 2. */
export class UsageError extends MogplexError {
  readonly code: string = 'USAGE'
  readonly exitCode = ExitCode.Usage

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** `MOGPLEX_URL`, `MOGPLEX_ISSUER` or another variable is set to an unusable value: exit 2. */
export class BadSettingError extends UsageError {
  override readonly code = 'BAD_SETTING'

  constructor(variable: string, why: string, remedy: string) {
    super(`${variable} ${why}.`, remedy)
  }
}
