import {nearestName} from '../editor/slash.js'
import {printable} from '../text/printable.js'
import {UsageError} from './usage.js'

/**
 * That there is no such command, with the one that was probably meant. It is never run.
 *
 * @param typed - its words
 * @param names - all commands, as they are typed
 * @param what - is not there
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

/** The command that comes nearest. Words at the end may be arguments: what stands before them is looked at, too. */
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
