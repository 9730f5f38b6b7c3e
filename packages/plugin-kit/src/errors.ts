import type {ExitCode} from './exit-code.js'

export {ExitCode} from './exit-code.js'

/**
 * An expected failure: it knows its exit code and what to do next. The CLI prints `message` and
 * `remedy`, with `--json` as `{"error":{"code","message","remedy","exitCode"}}`, and ends with
 * `exitCode`. A subclass that has `status`, `retryAfterSeconds` or `requestId` of a server's answer
 * gets these into the JSON, too.
 */
export abstract class MogplexError extends Error {
  /** Stable, in capitals, for scripts: `NOT_LOGGED_IN`. */
  abstract readonly code: string
  /** With which the CLI ends: who can put it right. */
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

const isInstance = Function.prototype[Symbol.hasInstance]

// Every plugin has a copy of the kit of its own, and so has the CLI: an error of theirs is one of
// ours. Subclasses are told as usual.
Object.defineProperty(MogplexError, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    if (this !== MogplexError) return Reflect.apply(isInstance, this, [value])
    return value instanceof Error && isOurs(value)
  },
})

function isOurs(error: object): boolean {
  const {code, remedy, exitCode} = error as Record<string, unknown>
  return typeof code === 'string' && typeof remedy === 'string' && typeof exitCode === 'number'
}
