/** Shell variables, read once and handed in, so that decisions stay pure. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The value of a variable, trimmed; an empty or blank one counts as unset. */
export function valueOf(env: Environment, variable: string): string | undefined {
  const value = env[variable]?.trim()
  return value === '' ? undefined : value
}
