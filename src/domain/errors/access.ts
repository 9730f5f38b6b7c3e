import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** Signed in, but the credential lacks a scope, or it is unknown whether it has it: exit 65. */
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

/** Signed in, but the account has no access to this: its plan, balance or models: exit 65. */
export class NoModelAccessError extends MogplexError {
  readonly code = 'NO_MODEL_ACCESS'
  readonly exitCode = ExitCode.Access

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** The account has no balance: only a refused prompt shows that. */
export class NoBalanceError extends NoModelAccessError {}
