import type {Finding} from '../../domain/doctor/finding.js'

/** A check of one thing, or of a few related ones. */
export interface Probe {
  /** The id of the finding when the probe does not end in time. */
  readonly id: string
  readonly limitMs: number
  /**
   * Checks, and changes nothing.
   *
   * @param signal - aborted when its time is up
   */
  readonly look: (signal: AbortSignal) => Promise<readonly Finding[]> | readonly Finding[]
}

/** For checks of this machine only. */
export const LOCAL_LIMIT_MS = 4000
