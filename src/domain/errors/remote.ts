import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** The server cannot be reached, fails, or is not understood: exit 69. Nothing stored changes. */
export class RemoteError extends MogplexError {
  readonly code: string = 'REMOTE'
  readonly exitCode = ExitCode.Remote

  constructor(
    message: string,
    readonly remedy = 'Try again; if it stays so, check the address and the network.',
  ) {
    super(message)
  }
}

/** Nothing answered: DNS, connection, TLS, time. */
export class UnreachableError extends RemoteError {
  override readonly code = 'UNREACHABLE'
}
