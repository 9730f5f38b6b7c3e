/** Shell variables, read once and passed in, so that decisions stay pure. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The value of a variable, trimmed; an empty or blank one counts as unset. */
export function valueOf(env: Environment, variable: string): string | undefined {
  const value = env[variable]?.trim()
  return value === '' ? undefined : value
}

/**
 * The environment of a process, readable by names in capitals. Windows ignores the case of names, a
 * copy of its environment does not: `Openai_Api_Key` is valid there, and has to be found.
 *
 * @param platform - as in `process.platform`
 */
export function environmentOf(variables: Environment, platform: string): Environment {
  if (platform !== 'win32') return {...variables}
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name.toUpperCase(), value]),
  )
}
