import type {ExitCode} from './exit-code.js'

export {ExitCode} from './exit-code.js'

/** Details of an error as JSON: an object with stable names, for scripts. */
export type ErrorDetails = Readonly<Record<string, JsonValue>>

/** Any JSON value (RFC 8259). */
export type JsonValue =
  boolean | number | string | readonly JsonValue[] | {readonly [name: string]: JsonValue} | null

/**
 * An expected failure: it knows its exit code and what to do next. The CLI prints `message` and
 * `remedy`, with `--json` as `{"error":{"code","message","remedy","exitCode"}}`, and exits with
 * `exitCode`. The values of `status`, `retryAfterSeconds`, `requestId` and `details` that a
 * subclass sets are in the JSON, too.
 */
export abstract class MogplexError extends Error {
  /** Stable, in capitals, for scripts: `NOT_LOGGED_IN`. */
  abstract readonly code: string
  /** The CLI's exit code: it says who can fix the problem. */
  abstract readonly exitCode: ExitCode
  /** One imperative sentence: what the reader can do now. */
  abstract readonly remedy: string

  // Declared, not initialised: an error without them has no such property.
  /** The HTTP status (RFC 9110 §15), where a server answered: 100 to 599. */
  declare readonly status?: number | undefined
  /** How many seconds to wait before the next try, where the server says so (RFC 9110 §10.2.3). */
  declare readonly retryAfterSeconds?: number | undefined
  /** Lets the server's operator find the request. */
  declare readonly requestId?: string | undefined
  /** Additional facts for scripts: plain JSON, without any secret. */
  declare readonly details?: ErrorDetails | undefined

  // oclif reads these. Getters, so that they are not enumerable properties to be printed again.
  get oclif(): {exit: number} {
    return {exit: this.exitCode}
  }

  get suggestions(): string[] {
    return [this.remedy]
  }
}

const isInstance = Function.prototype[Symbol.hasInstance]

// Every plugin has its own copy of the kit, and so has the CLI: an error of another copy counts as
// one of ours. Subclasses are compared as usual.
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
