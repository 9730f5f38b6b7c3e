import {nearestName} from '../editor/slash.js'
import {printable} from '../text/printable.js'
import {UsageError} from './usage.js'

/**
 * The error for an unknown command, with the one that was probably meant. That one is never run.
 *
 * @param typed - the words of the command line
 * @param names - all commands, as they are typed
 * @param what - the missing thing
 */
export function unknownCommand(
  typed: readonly string[],
  names: readonly string[],
  what = `command "${printable(typed.join(' '), 60)}"`,
): UsageError {
  const meant = probablyMeant(typed, names)
  return new UsageError(
    `mogplex has no ${what}.`,
    meant === undefined
      ? 'Run `mogplex --help` for the commands.'
      : `Did you mean \`mogplex ${printable(meant, 100)}\`? \`mogplex --help\` lists the commands.`,
  )
}

/** The nearest command. Trailing words may be arguments, so shorter prefixes are compared, too. */
export function probablyMeant(
  typed: readonly string[],
  names: readonly string[],
): string | undefined {
  for (let length = typed.length; length > 0; length -= 1) {
    const words = typed.slice(0, length).join(' ')
    if (names.includes(words)) return undefined
    const meant = nearestName(words.toLowerCase(), names)
    if (meant !== undefined) return meant
  }
  return undefined
}
