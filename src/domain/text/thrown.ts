/*
 * Reads a thrown value. It may be anything: not an error, an error of a plugin whose message is an
 * object, one whose fields throw when they are read. Nothing here throws.
 */

const MAX_STACK = 20_000
const MAX_CAUSES = 5

export function isError(thrown: unknown): thrown is Error {
  return attempt(() => thrown instanceof Error) === true
}

/** A field of an error, or of anything else; `undefined` where it cannot be read. */
export function fieldOf(thrown: unknown, name: string): unknown {
  return attempt(() => (thrown as Record<string, unknown> | null | undefined)?.[name])
}

/**
 * The message of a thrown value, as a text: the message of an error may be something else, or be
 * left to the errors that it aggregates.
 */
export function messageOf(thrown: unknown): string {
  if (!isError(thrown)) return textOf(thrown)
  const message = fieldOf(thrown, 'message')
  if (typeof message === 'string' && message !== '') return message
  const errors = fieldOf(thrown, 'errors')
  const parts = Array.isArray(errors) ? errors : []
  const said = parts.map((part: unknown) => textOf(isError(part) ? fieldOf(part, 'message') : part))
  if (said.length > 0) return said.join('\n')
  return textOf(message === '' ? thrown : (message ?? 'An error without a message was thrown.'))
}

/**
 * The stack of an error, and those of its causes; its other fields may hold anything.
 *
 * @param redact - removes secrets from a text, before it is truncated
 * @returns `undefined` for what is not an error
 */
export function stackOf(
  thrown: unknown,
  redact: (text: string) => string,
  causes = MAX_CAUSES,
): string | undefined {
  if (!isError(thrown)) return undefined
  const stack = fieldOf(thrown, 'stack')
  const own = typeof stack === 'string' ? redact(stack).slice(0, MAX_STACK) : ''
  const cause = causes > 0 ? stackOf(fieldOf(thrown, 'cause'), redact, causes - 1) : undefined
  return cause === undefined ? own : `${own}\nCaused by: ${cause}`
}

/** Not every value can be converted to text: an object without a prototype, or one that throws. */
function textOf(value: unknown): string {
  return attempt(() => String(value)) ?? 'An unknown value was thrown.'
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
