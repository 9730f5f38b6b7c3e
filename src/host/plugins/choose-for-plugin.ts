import {type Choice, isInteractive, type Session} from '@mogplex/plugin-kit'
import {CancelledError} from '../../domain/errors/cancelled.js'
import {NotInteractiveError} from '../../domain/errors/plugin.js'
import {printable} from '../../domain/text/printable.js'

interface Shown<T> extends Pick<Choice<T>, 'name' | 'value'> {
  readonly description?: string
}

/** Shows a choice to the user; `undefined` when they cancel. */
export type Picker = <T>(
  message: string,
  choices: readonly Shown<T>[],
  fits: (value: T, typed: string) => boolean,
) => Promise<T | undefined>

/**
 * The choice that a plugin offers, through the current owner of the terminal.
 *
 * @param pick - absent where nobody can be asked
 */
export function chooserBy(pick: Picker | undefined): Session['choose'] {
  return async <T>(message: string, choices: readonly Choice<T>[]) => {
    if (pick === undefined) throw new NotInteractiveError(printable(message))
    const shown = choices.map((choice) => ({
      value: choice,
      name: printable(choice.name, 200),
      ...(choice.note !== undefined && {description: printable(choice.note, 200)}),
    }))
    const chosen = await pick(printable(message), shown, ({name, note = ''}, typed) =>
      `${name} ${note}`.toLowerCase().includes(typed.trim().toLowerCase()),
    )
    if (chosen === undefined) throw new CancelledError('Nothing was chosen.', 'Run it again.')
    return chosen.value
  }
}

/** For a command, which owns the terminal itself, if there is one. */
export function terminalPicker(host: NodeJS.Process): Picker | undefined {
  const isAlone = ['--json', '--no-input'].some((flag) => host.argv.includes(flag))
  if (isAlone || !isInteractive(host)) return undefined
  return async (message, choices, fits) => {
    const {choose} = await import('../../terminal/choose.js')
    return choose(host, message, choices, fits)
  }
}
