import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {TlsTrouble} from '../network/tls-trouble.js'

/** What there is to do about trouble of which no more is known. */
export const TRY_AGAIN = 'Try again; if the problem persists, run `mogplex doctor`.'

/** The server cannot be reached, fails, or is not understood: exit 69. Nothing stored changes. */
export class RemoteError extends MogplexError {
  readonly code: string = 'REMOTE'
  readonly exitCode = ExitCode.Remote

  /** @param retryAfterSeconds - from `Retry-After`, when the server said it */
  constructor(
    message: string,
    readonly remedy = TRY_AGAIN,
    override readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }
}

/** The server does nothing just now, and says when it will: 503 with `Retry-After`. Exit 69. */
export class UnavailableError extends RemoteError {}

/** Nothing answered: DNS, connection, TLS, time. */
export class UnreachableError extends RemoteError {
  override readonly code = 'UNREACHABLE'

  /**
   * @param mayHaveArrived - the request may have got there, and only its answer be lost
   * @param tls - what is wrong with the host's certificate or its TLS, where that is it
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

/** A time limit that the user set is over: `--timeout`. */
export class TimedOutError extends RemoteError {
  override readonly code = 'TIMED_OUT'

  /** @param what - what is not done, at the beginning of a sentence */
  constructor(what: string, seconds: number) {
    super(
      `${what} did not finish within ${seconds} s.`,
      'Try again; `--timeout SECONDS` gives more time.',
    )
  }
}

/** An answer, or the time that it takes, is over a limit of ours: see `domain/network/answer-limits.ts`. */
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

/** What another process of ours was told a moment ago, when it asked for us too: exit 69 or 75. */
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
