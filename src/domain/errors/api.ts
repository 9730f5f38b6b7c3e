import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** Mogplex's API understood the request and refused it, for example with 404 or 409: exit 1. */
export class RequestRefusedError extends MogplexError {
  readonly exitCode = ExitCode.Failed

  /** @param code - the API's error code (contract 6), such as `NOT_FOUND` */
  constructor(
    message: string,
    readonly code: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}
