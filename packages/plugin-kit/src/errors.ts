import type {ExitCode} from './exit-code.js'

export {ExitCode} from './exit-code.js'

/**
 * An expected failure: it knows its exit code and what to do next. The CLI prints `message` and
 * `remedy`, with `--json` as `{"error":{"code","message","remedy","exitCode"}}`, and ends with
 * `exitCode`.
 */
export abstract class MogplexError extends Error {
  /** Stable, in capitals, for scripts: `NOT_LOGGED_IN`. */
  abstract readonly code: string
  abstract readonly exitCode: ExitCode
  /** One imperative sentence: what the reader can do now. */
  abstract readonly remedy: string

  // oclif reads these. Getters, so that they are no enumerable properties to be printed again.
  get oclif(): {exit: number} {
    return {exit: this.exitCode}
  }

  get suggestions(): string[] {
    return [this.remedy]
  }
}
