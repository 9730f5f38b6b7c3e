import type {ExitCode} from './exit-code.js'

export {ExitCode} from './exit-code.js'

/** Facts of an error as JSON: an object whose names stay as they are, for scripts. */
export type ErrorDetails = Readonly<Record<string, JsonValue>>

/** What JSON can hold (RFC 8259). */
export type JsonValue =
  boolean | number | string | readonly JsonValue[] | {readonly [name: string]: JsonValue} | null

/**
 * An expected failure: it knows its exit code and what to do next. The CLI prints `message` and
 * `remedy`, with `--json` as `{"error":{"code","message","remedy","exitCode"}}`, and ends with
 * `exitCode`. What a subclass knows of `status`, `retryAfterSeconds`, `requestId` and `details` is in
 * the JSON, too.
 */
export abstract class MogplexError extends Error {
  /** Stable, in capitals, for scripts: `NOT_LOGGED_IN`. */
  abstract readonly code: string
  /** With which the CLI ends: who can put it right. */
  abstract readonly exitCode: ExitCode
  /** One imperative sentence: what the reader can do now. */
  abstract readonly remedy: string

  // Declared, not initialised: an error that knows nothing of them has no such property.
  /** The status of HTTP (RFC 9110 §15), where a server answered: 100 to 599. */
  declare readonly status?: number | undefined
  /** How many seconds to wait before the next try, where the server says so (RFC 9110 §10.2.3). */
  declare readonly retryAfterSeconds?: number | undefined
  /** By which whoever runs the server finds the request again. */
  declare readonly requestId?: string | undefined
  /** What a script may want to know beside the message: plain JSON, without any secret. */
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
