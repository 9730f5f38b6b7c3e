import type {Interfaces} from '@oclif/core'
import {unexpectedArgument} from '../../domain/errors/oclif-usage.js'
import {UsageError} from '../../domain/errors/usage.js'
import {printable} from '../../domain/text/printable.js'

/**
 * oclif takes what follows a command without arguments for a part of its name, and finds no such
 * command. Where there is nothing below that command, it was an argument.
 *
 * @param id - that was not found, such as `whoami:extra`
 */
export function unexpectedArgumentIn(
  id: string,
  config: Pick<Interfaces.Config, 'commands' | 'plugins'>,
): UsageError | undefined {
  const words = id.split(':')
  const known = new Set(config.commands.map((command) => command.id))
  const length =
    words.findLastIndex((_, index) => known.has(words.slice(0, index + 1).join(':'))) + 1
  const command = words.slice(0, length).join(':')
  // Not by aliases: `login status` makes no topic of `login`.
  const ids = [...config.plugins.values()].flatMap(({commands}) => commands.map((each) => each.id))
  if (length === 0 || ids.some((each) => each.startsWith(`${command}:`))) return undefined
  const name = `mogplex ${printable(command.replaceAll(':', ' '), 60)}`
  const args = words.slice(length).map((word) => printable(word, 60))
  return new UsageError(unexpectedArgument(name, args), `Run \`${name} --help\`.`)
}
