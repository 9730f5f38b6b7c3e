import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** Interrupted: exit 130. */
export class CancelledError extends MogplexError {
  readonly code = 'CANCELLED'
  readonly exitCode = ExitCode.Cancelled

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}
