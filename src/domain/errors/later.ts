import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** Too many requests: exit 75. */
export class RateLimitedError extends MogplexError {
  readonly code = 'RATE_LIMITED'
  readonly exitCode = ExitCode.Later
  readonly remedy: string

  /** @param retryAfterSeconds - from `Retry-After` or `X-Retry-After`, when the server said it */
  constructor(
    host: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(`${host} answers that there were too many requests.`)
    this.remedy =
      retryAfterSeconds === undefined
        ? 'Try again in a minute.'
        : `Try again in ${retryAfterSeconds} s.`
  }
}
