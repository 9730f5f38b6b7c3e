import * as kit from '@mogplex/plugin-kit/text'

export {withEscapes} from '@mogplex/plugin-kit/text'

let redact = (text: string): string => text

/**
 * Says what takes secrets out of a text from now on, before anything else is done to it: what is
 * cleaned or cut is not found again.
 */
export function redactBeforePrinting(redactor: (text: string) => string): void {
  redact = redactor
}

/** The kit's `printable`, without secrets. */
export function printable(text: string, maxLength = 300): string {
  const clean = cleaned(text, (known) => kit.printable(known, Infinity))
  return kit.printable(clean, maxLength)
}

/** As {@link printable}, with its lines, tabs and blanks, and never cut. */
export function printableLines(text: string): string {
  return cleaned(text, kit.printableLines)
}

/**
 * JSON from outside as it came, but for secrets: for programs, which get texts whole. In their JSON
 * nothing can move a cursor ({@link withEscapes}).
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutSecrets)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), withoutSecrets(member)]),
  )
}

/** Without secrets, those included that only show when what broke them has become blanks. */
function cleaned(text: string, clean: (known: string) => string): string {
  const known = redact(text)
  const shown = clean(known)
  return shown === known ? shown : redact(shown)
}
