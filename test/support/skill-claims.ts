/** A skill's claim about the result of a command line. */
export interface ExitClaim {
  readonly command: string
  /** An exit code, or `other`: none of those in the table. */
  readonly code: number | 'other'
}

/**
 * The claims of a page: each line of a shell block, with each row of the next table below it that
 * begins with an exit code. A row that says "only with `FLAG`" applies to the lines with that flag.
 */
export function exitClaims(markdown: string): ExitClaim[] {
  const claims: ExitClaim[] = []
  for (const section of markdown.split(/^## /m)) {
    for (const [, block = '', below = ''] of section.matchAll(
      /^```sh\n(.*?)^```$(.*?)(?=^```sh$|$(?![^]))/gms,
    )) {
      const commands = block.split('\n').filter((line) => line !== '')
      for (const [row, first = ''] of below.matchAll(/^\| (\d+|other) .*$/gm)) {
        const [, flag = ''] = /only with `([^`]+)`/.exec(row) ?? []
        const code = first === 'other' ? first : Number(first)
        const meant = commands.filter((command) => command.includes(flag))
        for (const command of meant) claims.push({command, code})
      }
    }
  }
  return claims
}

/** The lines of shell blocks. */
export function shellLines(markdown: string): string[] {
  return [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line !== ''),
  )
}

/** The command lines in the text, without duplicates. */
export function inlineCommands(markdown: string): string[] {
  const prose = markdown.replace(/^```sh\n.*?^```$/gms, '').replace(/\n>? ?/g, ' ')
  return [...new Set([...prose.matchAll(/`(mogplex [^`]+)`/g)].map(([, command = '']) => command))]
}
