interface Options {
  /**
   * The separator between two commands; a backslash is an ordinary character where it is not a
   * colon.
   */
  readonly separator?: string
  /** Whether a whole command is the path of a program, including blanks. */
  readonly isProgram?: (path: string) => boolean
}

/**
 * The commands that `BROWSER` names, in the order in which they are tried: separated by colons,
 * words separated by blanks, `%s` for the address, which otherwise comes last. Quotes and
 * backslashes keep a word together, as in a shell; no shell is started.
 */
export function browserCommands(
  value: string,
  address: string,
  {separator = ':', isProgram = () => false}: Options = {},
): string[][] {
  return partsOf(value, separator).flatMap((part) => {
    const whole = part.trim()
    const words = isProgram(whole) ? [whole] : wordsIn(whole, separator === ':', isProgram)
    if (words.length === 0) return []
    return words.some((word) => word.includes('%s'))
      ? [words.map((word) => word.replaceAll('%s', () => address))]
      : [[...words, address]]
  })
}

/** Windows programs are under `C:\Program Files`, and that is rarely quoted. */
function wordsIn(
  command: string,
  isPosix: boolean,
  isProgram: (path: string) => boolean,
): string[] {
  if (isPosix) return wordsOf(command, true)
  const ends = [...command.matchAll(/\s+/g)].map(({index}) => index).reverse()
  const end = ends.find((index) => isPathOf(command.slice(0, index), isProgram))
  return end === undefined
    ? wordsOf(command, false)
    : [command.slice(0, end), ...wordsOf(command.slice(end), false)]
}

function isPathOf(text: string, isProgram: (path: string) => boolean): boolean {
  return /[\\/]/.test(text) && (isProgram(text) || isProgram(`${text}.exe`))
}

// A quoted text, an escaped character, or any other character.
const POSIX_PIECES = /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)|(.)/gs
const WINDOWS_PIECES = /"([^"]*)"|'([^']*)'|(?!)(.)|(.)/gs

/** Splits at separators outside quotes; the quotes stay. */
function partsOf(value: string, separator: string): string[] {
  const parts = ['']
  for (const [piece] of value.matchAll(piecesOf(separator === ':'))) {
    if (piece === separator) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${piece}`)
  }
  return parts
}

function wordsOf(command: string, isPosix: boolean): string[] {
  const words: string[] = []
  let word: string | undefined
  for (const [, double, single, escaped, plain] of command.matchAll(piecesOf(isPosix))) {
    if (plain !== undefined && /\s/.test(plain)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      const inDouble = isPosix ? double?.replaceAll(/\\(["\\$`])/g, '$1') : double
      word = `${word ?? ''}${inDouble ?? single ?? escaped ?? plain ?? ''}`
    }
  }
  return word === undefined ? words : [...words, word]
}

function piecesOf(isPosix: boolean): RegExp {
  return isPosix ? POSIX_PIECES : WINDOWS_PIECES
}
