/**
 * The exit codes of the Mogplex CLI. They are public: scripts branch on them, so they change
 * only with a major version.
 */
export const ExitCode = {
  /** Success. */
  Done: 0,
  /** The operation itself failed, including problems with local files. */
  Failed: 1,
  /** The command line, or a setting in the environment, is invalid. */
  Usage: 2,
  /** Nobody is signed in, or the credential is rejected: sign in again. */
  Authentication: 64,
  /** Signed in, but the account or the credential may not do this. */
  Access: 65,
  /** The network or the server: unreachable, 5xx, an answer not understood. */
  Remote: 69,
  /** Try again later: a rate limit, a lock that is held. */
  Later: 75,
  /** Interrupted by Ctrl+C. */
  Cancelled: 130,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
