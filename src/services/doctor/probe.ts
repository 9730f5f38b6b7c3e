import type {Finding} from '../../domain/doctor/finding.js'

/** A look at one thing, or at a few that hang together. */
export interface Probe {
  /** The id of what is told of it when it does not end in time. */
  readonly id: string
  readonly limitMs: number
  /**
   * Looks, and changes nothing.
   *
   * @param signal - aborted when its time is over
   */
  readonly look: (signal: AbortSignal) => Promise<readonly Finding[]> | readonly Finding[]
}

/** For what only looks at this machine. */
export const LOCAL_LIMIT_MS = 4000
