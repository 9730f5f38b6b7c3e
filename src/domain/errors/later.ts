import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {LockOwner} from '../files/lock-owner.js'
import {instantText} from '../text/instants.js'
import {printable} from '../text/printable.js'
import {tryAgain} from './server-facts.js'

/** Too many requests: exit 75. */
export class RateLimitedError extends MogplexError {
  readonly code = 'RATE_LIMITED'
  readonly exitCode = ExitCode.Later
  readonly remedy: string

  /** @param retryAfterSeconds - from `Retry-After` or `X-Retry-After`, when the server sent it */
  constructor(
    host: string,
    override readonly retryAfterSeconds?: number,
  ) {
    super(`${host} has had too many requests.`)
    this.remedy =
      retryAfterSeconds === undefined ? 'Try again in a minute.' : tryAgain(retryAfterSeconds)
  }
}

/** A sign-in should be finished, but nothing was pasted yet: exit 75. */
export class NothingPastedError extends MogplexError {
  readonly code = 'NOTHING_PASTED'
  readonly exitCode = ExitCode.Later
  readonly remedy =
    'Run it again with the address at which the browser ended on standard input; the sign-in still waits.'

  constructor() {
    super('Nothing was pasted to finish the sign-in.')
  }
}

/** A lock that another process holds could not be acquired in time: exit 75. */
export class LockedError extends MogplexError {
  readonly code = 'LOCKED'
  readonly exitCode = ExitCode.Later
  readonly remedy: string

  /**
   * @param doing - what it is for, such as "is refreshing the login"
   * @param owner - its holder, where that can be read
   */
  constructor(doing: string, owner: Pick<LockOwner, 'host' | 'pid' | 'since'> | undefined) {
    const who = owner === undefined ? 'Somebody' : `Another mogplex (${nameOf(owner)})`
    super(`${who} ${doing}, and did not finish in time.`)
    this.remedy =
      owner === undefined
        ? 'Try again in a moment.'
        : `Try again in a moment; if process ${owner.pid} hangs, end it.`
  }
}

function nameOf({pid, host, since}: Pick<LockOwner, 'host' | 'pid' | 'since'>): string {
  return printable(`process ${pid} on ${host.split(' ')[0] ?? ''}, since ${instantText(since)}`)
}
