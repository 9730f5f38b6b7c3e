import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** Signed in, but the credential lacks a scope, or nobody knows whether it has it: exit 65. */
export class ScopeMissingError extends MogplexError {
  readonly code = 'SCOPE_MISSING'
  readonly exitCode = ExitCode.Access

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}
