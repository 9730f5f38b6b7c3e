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

/** Signed in, and the account may not have this answered: its plan, balance or models: exit 65. */
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

/** It has no balance: nothing but a refused prompt tells that. */
export class NoBalanceError extends NoModelAccessError {}
