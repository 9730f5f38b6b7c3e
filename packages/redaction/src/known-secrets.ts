/** Shorter values would match ordinary text. */
const SHORTEST = 8

const NOT_VISIBLE = /[^\x21-\x7E]+/g
const SCHEME = /^(?:Basic|Bearer|Token) +(\S.*)$/i
const USER_PASS = /^[^:]*:(.+)$/s

/** Secret values, including former ones. */
class KnownSecrets {
  readonly #values = new Set<string>()
  readonly #order: string[] = []
  /** Their visible characters, where there are enough. */
  readonly #needles: string[] = []

  /** The number of values. Only grows. */
  get size(): number {
    return this.#order.length
  }

  /** The values that were added after the first `count`. */
  since(count: number): readonly string[] {
    return this.#order.slice(count)
  }

  /**
   * Whether one occurs in a text unchanged, even with invisible characters in it; other encodings
   * are not found.
   */
  standIn(text: string): boolean {
    const legible = visible(text)
    return this.#needles.some((needle) => legible.includes(needle))
  }

  /**
   * Registers a value from now on; a value of fewer than 8 characters is ignored. For an
   * `Authorization` value, the part after the scheme is registered too, and so is the password of
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
 * Creates a list of secret values, for a redactor. Adding one costs next to nothing; the search
 * index is built when a text is redacted.
 */
export function knownSecrets(): KnownSecrets {
  return new KnownSecrets()
}
