/** A line that is a slash command. */
export interface SlashLine {
  /** In lower case, without the slash; empty for a slash alone. */
  readonly name: string
  /** The arguments, split at blanks. */
  readonly args: readonly string[]
  /** The arguments as typed. */
  readonly text: string
}

const SLASH_LINE = /^\/(\S*)(.*)$/s
const FARTHEST = 2

/** The command of a line; `undefined` for a prompt. A blank before the slash makes it a prompt. */
export function parseSlash(line: string): SlashLine | undefined {
  const [, name, rest = ''] = SLASH_LINE.exec(line) ?? []
  if (name === undefined) return undefined
  const args = rest.split(/\s+/).filter((part) => part !== '')
  return {name: name.toLowerCase(), args, text: rest.trim()}
}

/** The name that was probably meant: one with this prefix, otherwise one with a small typo. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const longer = typed === '' ? undefined : names.find((name) => name.startsWith(typed))
  if (longer !== undefined) return longer
  const most = Math.min(FARTHEST, Math.floor(typed.length / 2))
  const near = names
    .map((name) => ({name, distance: distanceBetween(typed, name)}))
    .filter(({distance}) => distance <= most)
  return near.sort((one, other) => one.distance - other.distance)[0]?.name
}

/** How many letters are added, missing, wrong, or swapped with their neighbour. */
export function distanceBetween(one: string, other: string): number {
  let beforeLast: number[] = []
  let last = Array.from({length: other.length + 1}, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      )
    }
    ;[beforeLast, last] = [last, current]
  }
  return last[other.length] ?? 0
}
