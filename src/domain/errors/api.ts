import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** Mogplex's API understood the request and refuses it, such as by 404 or 409: exit 1. */
export class RequestRefusedError extends MogplexError {
  readonly exitCode = ExitCode.Failed

  /** @param code - the API's own (contract 6), such as `NOT_FOUND` */
  constructor(
    message: string,
    readonly code: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}
