import * as kit from '@mogplex/plugin-kit/text'

export {withEscapes} from '@mogplex/plugin-kit/text'

let redact = (text: string): string => text

/**
 * Sets the function that removes secrets from a text, before anything else is done to it: a cleaned
 * or truncated secret is not found again.
 */
export function redactBeforePrinting(redactor: (text: string) => string): void {
  redact = redactor
}

/** The kit's `printable`, without secrets. */
export function printable(text: string, maxLength = 300): string {
  const clean = cleaned(text, (known) => kit.printable(known, Infinity))
  return kit.printable(clean, maxLength)
}

/** Like {@link printable}, but keeps lines, tabs and blanks, and never truncates. */
export function printableLines(text: string): string {
  return cleaned(text, kit.printableLines)
}

/**
 * JSON from outside, unchanged except for secrets: for programs, which get texts whole. In their
 * JSON nothing can move a cursor ({@link withEscapes}).
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutSecrets)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), withoutSecrets(member)]),
  )
}

/** Without secrets, including those that only appear once separators have become blanks. */
function cleaned(text: string, clean: (known: string) => string): string {
  const known = redact(text)
  const shown = clean(known)
  return shown === known ? shown : redact(shown)
}
