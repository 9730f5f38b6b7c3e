/**
 * The commands that `BROWSER` names, in the order in which they are tried: separated by colons,
 * words separated by blanks, `%s` for the address, which else comes last. No shell is involved.
 */
export function browserCommands(value: string, address: string, separator = ':'): string[][] {
  return value
    .split(separator)
    .map((command) => command.split(/\s+/).filter((word) => word !== ''))
    .filter((words) => words.length > 0)
    .map((words) =>
      words.some((word) => word.includes('%s'))
        ? words.map((word) => word.replaceAll('%s', () => address))
        : [...words, address],
    )
}
