import {type ErrorDetails, ExitCode, MogplexError} from './errors.js'

/**
 * A failure that the CLI reported, as an error of this copy of the kit, so that `instanceof
 * MogplexError` is true in a plugin. It contains the code, the message, the remedy, the exit code
 * and, where a server answered, the facts of that answer: no cause, no request.
 */
export class SessionError extends MogplexError {
  readonly code: string
  readonly remedy: string
  readonly exitCode: ExitCode

  constructor({code, message, remedy, exitCode, ...facts}: ErrorFacts) {
    super(message)
    Object.assign(this, facts)
    this.name = 'SessionError'
    this.code = code
    this.remedy = remedy
    this.exitCode = exitCode
  }
}

interface ErrorFacts {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly exitCode: ExitCode
  readonly status?: number
  readonly retryAfterSeconds?: number
  readonly requestId?: string
  readonly details?: ErrorDetails
}

/** Turns anything that the CLI threw into a {@link SessionError}. */
export function sessionError(thrown: unknown): SessionError {
  const {code, message, remedy, exitCode, ...rest} = fieldsOf(thrown)
  const {status, retryAfterSeconds, requestId, details} = rest
  return new SessionError({
    code: typeof code === 'string' ? code : 'UNEXPECTED',
    message: typeof message === 'string' ? message : String(thrown),
    remedy: typeof remedy === 'string' ? remedy : 'Try again; if the problem persists, report it.',
    exitCode: isExitCode(exitCode) ? exitCode : ExitCode.Failed,
    ...(typeof status === 'number' && {status}),
    ...(typeof retryAfterSeconds === 'number' && {retryAfterSeconds}),
    ...(typeof requestId === 'string' && {requestId}),
    ...(isDetails(details) && {details}),
  })
}

function fieldsOf(thrown: unknown): {[key in keyof ErrorFacts]?: unknown} {
  return typeof thrown === 'object' && thrown !== null ? thrown : {}
}

function isDetails(value: unknown): value is ErrorDetails {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isExitCode(value: unknown): value is ExitCode {
  return Object.values<unknown>(ExitCode).includes(value)
}
