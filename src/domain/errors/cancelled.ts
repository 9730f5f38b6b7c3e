import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** The message for an interrupted sign-in, however it was interrupted. */
export const SIGN_IN_INTERRUPTED = 'The sign-in was interrupted.'

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
