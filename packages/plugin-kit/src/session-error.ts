import {ExitCode, MogplexError} from './errors.js'

/**
 * A failure that the CLI told of, as an error of this copy of the kit, so that `instanceof
 * MogplexError` holds in a plugin. Nothing is in it but the code, the message, the remedy and the
 * exit code: no cause, no request.
 */
export class SessionError extends MogplexError {
  readonly code: string
  readonly remedy: string
  readonly exitCode: ExitCode

  constructor({code, message, remedy, exitCode}: Told) {
    super(message)
    this.name = 'SessionError'
    this.code = code
    this.remedy = remedy
    this.exitCode = exitCode
  }
}

interface Told {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly exitCode: ExitCode
}

/** Whatever the CLI threw, as a {@link SessionError}. */
export function sessionError(thrown: unknown): SessionError {
  const {code, message, remedy, exitCode} = fieldsOf(thrown)
  return new SessionError({
    code: typeof code === 'string' ? code : 'UNEXPECTED',
    message: typeof message === 'string' ? message : String(thrown),
    remedy: typeof remedy === 'string' ? remedy : 'Try again; if it stays so, report it.',
    exitCode: isExitCode(exitCode) ? exitCode : ExitCode.Failed,
  })
}

function fieldsOf(thrown: unknown): {[key in keyof Told]?: unknown} {
  return typeof thrown === 'object' && thrown !== null ? thrown : {}
}

function isExitCode(value: unknown): value is ExitCode {
  return Object.values<unknown>(ExitCode).includes(value)
}
