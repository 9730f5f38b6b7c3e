const MULTILINE = /"""|'''/g

/**
 * The lines of a table of a TOML file, with those of tables below it, from its header to the next one;
 * `undefined` where there is no such table. Enough to put one in and take it out: all else stays as it is.
 *
 * @param name - its dotted name, of bare keys
 */
export function tableOf(text: string, name: string): {start: number; end: number} | undefined {
  const [parent = '', child = ''] = name.split('.')
  const header = new RegExp(
    `^\\s*\\[\\s*${parent}\\s*\\.\\s*(?:${child}|"${child}"|'${child}')\\s*\\]\\s*(?:#.*)?$`,
  )
  const below = new RegExp(`^\\s*\\[\\s*${parent}\\s*\\.\\s*["']?${child}["']?\\s*\\.`)
  let start: number | undefined
  let at = 0
  let isInText = false
  for (const line of text.split(/(?<=\n)/)) {
    if (!isInText && /^\s*\[/.test(line)) {
      if (start !== undefined && !below.test(line)) return {start, end: at}
      if (header.test(line.trimEnd())) start = at
    }
    if ((line.match(MULTILINE)?.length ?? 0) % 2 === 1) isInText = !isInText
    at += line.length
  }
  return start === undefined ? undefined : {start, end: at}
}

/** Whether a file has the same entry in another form, such as `mcp_servers.mogplex = {…}`. */
export function hasOtherForm(text: string, name: string): boolean {
  const [parent = '', child = ''] = name.split('.')
  const dotted = new RegExp(`^\\s*${parent}\\s*\\.\\s*["']?${child}\\b`, 'm')
  const within = tableOfParent(text, parent)
  return dotted.test(text) || new RegExp(`^\\s*["']?${child}["']?\\s*=`, 'm').test(within)
}

function tableOfParent(text: string, parent: string): string {
  const [, rest = ''] = text.split(new RegExp(`^\\s*\\[\\s*${parent}\\s*\\]`, 'm'))
  return rest.split(/^\s*\[/m)[0] ?? ''
}

/** A command and its arguments as a table. */
export function tableText(name: string, entry: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(entry).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
  return `[${name}]\n${lines.join('\n')}\n`
}

/** The entry that such a text holds, where it is as {@link tableText} writes it. */
export function entryIn(table: string): Record<string, unknown> | undefined {
  const [, ...lines] = table.split(/\r?\n/).filter((line) => line.trim() !== '')
  try {
    return Object.fromEntries(
      lines.map((line) => {
        const [, key = '', value = ''] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
        return [key, JSON.parse(value) as unknown]
      }),
    )
  } catch {
    return undefined
  }
}
