/** A line that sets variables, and the shell that reads it, where there is more than one. */
export interface SettingLine {
  readonly shell: string | undefined
  readonly line: string
}

/**
 * How variables are set in the shells of a system. On Windows a program cannot tell which shell
 * started it, and a web page even less: each is shown.
 *
 * @param variables - values without quotes and blanks
 * @param platform - as in `process.platform`
 */
export function settingLines(
  variables: Readonly<Record<string, string>>,
  platform: string,
): readonly SettingLine[] {
  const pairs = Object.entries(variables)
  if (platform !== 'win32') {
    return [{shell: undefined, line: `export ${pairs.map((pair) => pair.join('=')).join(' ')}`}]
  }
  return [
    {
      shell: 'PowerShell',
      line: pairs.map(([name, value]) => `$env:${name} = '${value}'`).join('; '),
    },
    {shell: 'cmd', line: pairs.map((pair) => `set ${pair.join('=')}`).join('& ')},
  ]
}
