/** Shorter values would be found in ordinary text. */
const SHORTEST = 8

const NOT_VISIBLE = /[^\x21-\x7E]+/g
const SCHEME = /^(?:Basic|Bearer|Token) +(\S.*)$/i
const USER_PASS = /^[^:]*:(.+)$/s

/** Values that are secret, former ones included. */
class KnownSecrets {
  readonly #values = new Set<string>()
  readonly #order: string[] = []
  /** What is visible of them, where that is long enough. */
  readonly #needles: string[] = []

  /** How many there are. It only grows. */
  get size(): number {
    return this.#order.length
  }

  /** Those that were added since there were `count` of them. */
  since(count: number): readonly string[] {
    return this.#order.slice(count)
  }

  /** Whether one stands in a text as it is, whatever breaks it; in other encodings it is not seen. */
  standIn(text: string): boolean {
    const legible = visible(text)
    return this.#needles.some((needle) => legible.includes(needle))
  }

  /**
   * Makes a value known from now on; a value of fewer than 8 characters is not taken. Of an
   * `Authorization` value, what stands behind the scheme is known too, and so is the password of
   * Basic (RFC 7617 §2).
   */
  know(value: string): void {
    const trimmed = value.trim()
    if (trimmed.length < SHORTEST || this.#values.has(trimmed)) return
    this.#values.add(trimmed)
    this.#order.push(trimmed)
    const needle = visible(trimmed)
    if (needle.length >= SHORTEST) this.#needles.push(needle)
    const credentials = SCHEME.exec(trimmed)?.[1]
    if (credentials === undefined) return
    this.know(credentials)
    if (!/^basic/i.test(trimmed)) return
    const [, password] = USER_PASS.exec(Buffer.from(credentials, 'base64').toString()) ?? []
    if (password !== undefined) this.know(password)
  }
}

function visible(text: string): string {
  return text.replaceAll(NOT_VISIBLE, '')
}

export type {KnownSecrets}

/**
 * Makes a list of secret values, for a redactor. To add one costs next to nothing; what it takes to
 * find it is made when a text is redacted.
 */
export function knownSecrets(): KnownSecrets {
  return new KnownSecrets()
}
