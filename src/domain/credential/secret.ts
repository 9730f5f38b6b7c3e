/** A value that cannot be printed by accident: every implicit text is `[redacted]`. */
export class Secret {
  static #seen: (value: string) => void = () => undefined

  readonly #value: string

  constructor(value: string) {
    this.#value = value
    Secret.#seen(value)
  }

  /**
   * Registers a listener for every value that becomes a secret from now on: the redactor needs
   * these values to remove them from logs and messages.
   */
  static watch(seen: (value: string) => void): void {
    Secret.#seen = seen
  }

  /** The value itself. Called to write a request or the auth file, nowhere else. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return '[redacted]'
  }

  toJSON(): string {
    return '[redacted]'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]'
  }
}
