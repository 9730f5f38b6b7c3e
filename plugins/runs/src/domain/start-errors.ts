import {type ErrorDetails, ExitCode, MogplexError} from '@mogplex/plugin-kit'
import {clockText, durationText} from '../text/duration.js'

type Code = MogplexError['exitCode']

/** A run was not started, or that is unknown: with the exit code of the cause. */
class StartError extends MogplexError {
  readonly code: string
  readonly exitCode: Code
  readonly remedy: string
  override readonly status?: number | undefined
  override readonly retryAfterSeconds?: number | undefined
  override readonly requestId?: string | undefined
  override readonly details: ErrorDetails

  constructor(
    {message, remedy}: {readonly message: string; readonly remedy: string},
    cause: MogplexError,
    key: string,
  ) {
    super(message)
    this.remedy = remedy
    this.code = cause.code
    this.exitCode = cause.exitCode
    this.status = cause.status
    this.retryAfterSeconds = cause.retryAfterSeconds
    this.requestId = cause.requestId
    this.details = {...cause.details, idempotencyKey: key}
  }
}

/** The origin of a key: it decides the remedy. */
export interface KeyOrigin {
  readonly key: string
  /** The user gave it. */
  readonly isOwn: boolean
  /** The next attempt of the same request finds it by itself. */
  readonly isNoted: boolean
}

/**
 * Whether the run may have started, although no answer says so. A request that the server says it
 * did not carry out was not carried out.
 */
export function mayHaveStarted({exitCode, status, retryAfterSeconds}: MogplexError): boolean {
  if (status === 503 && retryAfterSeconds !== undefined) return false
  return exitCode === ExitCode.Remote || exitCode === ExitCode.Cancelled
}

/** The error to show for a failed start. */
export function startError(error: MogplexError, origin: KeyOrigin, now: Date): StartError {
  const {key, isOwn} = origin
  const told = (message: string, remedy: string): StartError =>
    new StartError({message, remedy}, error, key)
  if (mayHaveStarted(error)) {
    return told(`${error.message} Whether the run has started is not known.`, againText(origin))
  }
  if (error.code === 'IDEMPOTENCY_CONFLICT') {
    return told(
      'The idempotency key was used for another request: no run was started.',
      isOwn
        ? 'Give another --idempotency-key, or none: then one is made.'
        : 'Run the command again: it makes another key.',
    )
  }
  if (error.code === 'RATE_LIMITED') {
    return told(
      `${error.message} An account may start 10 runs a minute, 30 an hour and 150 a day.`,
      laterText(error.retryAfterSeconds, now) ?? error.remedy,
    )
  }
  const later = error.status === 503 ? laterText(error.retryAfterSeconds, now) : undefined
  return told(error.message, later ?? error.remedy)
}

function againText({key, isOwn, isNoted}: KeyOrigin): string {
  if (isOwn) return 'Run the same command again, with the same key: no second run is started.'
  if (isNoted)
    return 'Run the same command again: it uses the same key, so no second run is started.'
  return `Run it again with --idempotency-key ${key}: no second run is started.`
}

/** `Try again in 3m 20s, at 14:05:10.` */
function laterText(seconds: number | undefined, now: Date): string | undefined {
  if (seconds === undefined) return undefined
  const [at, wait] = [new Date(now.getTime() + seconds * 1000), durationText(seconds * 1000)]
  return `Try again in ${wait}, at ${clockText(at)}.`
}
