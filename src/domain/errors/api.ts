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

/** A plugin asks for what is not below Mogplex's API: exit 1, and nothing is sent. */
export class BadPathError extends MogplexError {
  readonly code = 'BAD_PATH'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'This is a bug of the plugin: report it to its author.'

  constructor(why: string) {
    super(`A plugin asked Mogplex's API for a path that ${why}; nothing was sent.`)
  }
}
