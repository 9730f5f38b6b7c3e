import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Account} from '../credential/credential.js'
import type {RunEvent} from './run-event.js'
import type {Run} from './run.js'

/** The updates of a run while it is followed. */
export type RunUpdate =
  /** The current state of the run; the first one comes before all other updates. */
  | {readonly type: 'run'; readonly run: Run}
  /** Each event once, oldest first. */
  | {readonly type: 'event'; readonly event: RunEvent}
  /** The service shows no more events than these, whatever happens later. */
  | {readonly type: 'window'; readonly shown: number}
  /** The service is temporarily unreachable, and will be asked again. */
  | {readonly type: 'trouble'; readonly error: MogplexError; readonly retryMs: number}
  /** It answers again. */
  | {readonly type: 'back'}
  /** The sign-in has ended; nothing is requested until there is a new one. */
  | {
      readonly type: 'signed-out'
      readonly error: MogplexError
      readonly account: Account | undefined
      readonly until: Date
    }
  /** A new sign-in was found. */
  | {readonly type: 'signed-in'; readonly account: Account | undefined}

export interface FollowOptions {
  /**
   * A person is present who can sign in elsewhere: an ended sign-in does not stop the run view at
   * once.
   */
  readonly waitsForSignIn?: boolean
}

/** Where runs are followed and stopped: currently the hosted service. */
export interface RunSource {
  /**
   * Follows a run from its first event until it has ended.
   *
   * @throws {NoSuchRunError} exit 1; {MogplexError} exit 64, 65; before the first answer also 69
   *   and 75; the signal's reason
   */
  follow(runId: string, signal: AbortSignal, options?: FollowOptions): AsyncIterable<RunUpdate>
  /** Asks the run to stop; `follow` shows when it has. @returns whether it had ended before */
  cancel(runId: string, signal: AbortSignal): Promise<{readonly wasOver: boolean}>
  /** The repository's name, `owner/name`, where it is available quickly. Never throws. */
  repositoryName(run: Run, signal: AbortSignal): Promise<string | undefined>
}
