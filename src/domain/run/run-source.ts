import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Account} from '../credential/credential.js'
import type {RunEvent} from './run-event.js'
import type {Run} from './run.js'

/** What becomes known of a run while it is followed. */
export type RunUpdate =
  /** The run as it is now; the first one comes before all that is known of it. */
  | {readonly type: 'run'; readonly run: Run}
  /** Each event once, oldest first. */
  | {readonly type: 'event'; readonly event: RunEvent}
  /** The service shows no more events than these, whatever still happens. */
  | {readonly type: 'window'; readonly shown: number}
  /** It cannot be asked just now, and will be again. */
  | {readonly type: 'trouble'; readonly error: MogplexError; readonly retryMs: number}
  /** It answers again. */
  | {readonly type: 'back'}
  /** The sign-in is over; until then another one is waited for, and nothing is asked. */
  | {
      readonly type: 'signed-out'
      readonly error: MogplexError
      readonly account: Account | undefined
      readonly until: Date
    }
  /** Another sign-in is there. */
  | {readonly type: 'signed-in'; readonly account: Account | undefined}

export interface FollowOptions {
  /** A person is there who can sign in elsewhere: a sign-in that is over is not the end at once. */
  readonly waitsForSignIn?: boolean
}

/** Where runs are followed and stopped: the hosted service today. */
export interface RunSource {
  /**
   * Follows a run from its first event until it has ended.
   *
   * @throws {NoSuchRunError} exit 1; {MogplexError} exit 64, 65; at the beginning also 69 and 75;
   *   the signal's reason
   */
  follow(runId: string, signal: AbortSignal, options?: FollowOptions): AsyncIterable<RunUpdate>
  /** Asks the run to stop; `follow` tells when it has. @returns whether it had ended before */
  cancel(runId: string, signal: AbortSignal): Promise<{readonly wasOver: boolean}>
  /** The repository's name, `owner/name`, where it can be had soon. Never throws. */
  repositoryName(run: Run, signal: AbortSignal): Promise<string | undefined>
}
