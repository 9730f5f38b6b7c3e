import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {TlsTrouble} from '../network/tls-trouble.js'

/** The remedy for a failure of which nothing more is known. */
export const TRY_AGAIN = 'Try again; if the problem persists, run `mogplex doctor`.'

/** The server is unreachable, fails, or is not understood: exit 69. Stored files do not change. */
export class RemoteError extends MogplexError {
  readonly code: string = 'REMOTE'
  readonly exitCode = ExitCode.Remote

  /** @param retryAfterSeconds - from `Retry-After`, when the server sent it */
  constructor(
    message: string,
    readonly remedy = TRY_AGAIN,
    override readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }
}

/** The server refuses work for now and says until when: 503 with `Retry-After`. Exit 69. */
export class UnavailableError extends RemoteError {}

/** Nothing answered: DNS, connection, TLS, timeout. */
export class UnreachableError extends RemoteError {
  override readonly code = 'UNREACHABLE'

  /**
   * @param mayHaveArrived - the request may have arrived, and only its answer be lost
   * @param tls - what is wrong with the host's certificate or its TLS, where that is the cause
   */
  constructor(
    message: string,
    remedy?: string,
    readonly mayHaveArrived = true,
    readonly tls?: TlsTrouble,
  ) {
    super(message, remedy)
  }
}

/** A time limit that the user set has passed: `--timeout`. */
export class TimedOutError extends RemoteError {
  override readonly code = 'TIMED_OUT'

  /** @param what - what is not done, as the start of a sentence */
  constructor(what: string, seconds: number) {
    super(
      `${what} did not finish within ${seconds} s.`,
      'Try again; `--timeout SECONDS` gives more time.',
    )
  }
}

/** An answer, or its duration, exceeds one of our limits: see `domain/network/answer-limits.ts`. */
export class AnswerTooLargeError extends RemoteError {
  override readonly code = 'ANSWER_TOO_LARGE'

  constructor(
    message: string,
    remedy = 'Check the address; if it is right, tell the operator of that server.',
  ) {
    super(message, remedy)
  }
}

interface Shared {
  readonly exitCode: 69 | 75
  readonly message: string
  readonly remedy: string
  readonly retryAfterSeconds?: number | undefined
}

/** The error that another of our processes got a moment ago for the same request: exit 69 or 75. */
export class SharedTroubleError extends MogplexError {
  readonly code: string
  readonly exitCode: 69 | 75
  readonly remedy: string

  override readonly retryAfterSeconds: number | undefined

  constructor({exitCode, message, remedy, retryAfterSeconds}: Shared) {
    super(message)
    this.retryAfterSeconds = retryAfterSeconds
    this.exitCode = exitCode
    this.remedy = remedy
    this.code = exitCode === ExitCode.Later ? 'RATE_LIMITED' : 'REMOTE'
  }
}
