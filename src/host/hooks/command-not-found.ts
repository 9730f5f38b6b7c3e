import type {Hook, Interfaces} from '@oclif/core'
import {unexpectedArgument} from '../../domain/errors/oclif-usage.js'
import {probablyMeant, unknownCommand} from '../../domain/errors/unknown-command.js'
import {UsageError} from '../../domain/errors/usage.js'
import {ReservedNames} from '../../domain/plugin/reserved-names.js'
import {printable} from '../../domain/text/printable.js'

/**
 * An unknown command is a usage error like any other: exit 2, also in JSON. A plugin that was just
 * installed may request one of its commands before oclif knows it: that one is run.
 */
const commandNotFound: Hook.CommandNotFound = async ({id, argv = [], config}) => {
  const plugins = [...config.plugins.values()]
  const ours = plugins.filter(({type}) => type === 'core')
  for (const plugin of new ReservedNames(ours).has(id) ? ours : plugins) {
    const command = await plugin.findCommand(id)
    if (command === undefined) continue
    await config.runHook('prerun', {Command: command, argv})
    return command.run(argv, config)
  }
  const {commandForNewerNode} = await import('../plugins/newer-node.js')
  const waiting = commandForNewerNode(id, config.dataDir)
  if (waiting !== undefined) throw waiting
  const words = id.split(':')
  const names = config.commands.flatMap(({hidden, id: known}) =>
    hidden ? [] : known.replaceAll(':', ' '),
  )
  const isSlip = probablyMeant(words, names) !== undefined
  const unexpected = isSlip ? undefined : unexpectedArgumentIn(id, config)
  return Promise.reject(unexpected ?? unknownCommand(words, names))
}

/**
 * oclif treats a word after a command without arguments as part of its name, and finds no such
 * command. Where there is nothing below that command, the word was an argument.
 *
 * @param id - the id that was not found, such as `whoami:extra`
 */
function unexpectedArgumentIn(
  id: string,
  config: Pick<Interfaces.Config, 'commands' | 'plugins'>,
): UsageError | undefined {
  const words = id.split(':')
  const known = new Set(config.commands.map((command) => command.id))
  const length =
    words.findLastIndex((_, index) => known.has(words.slice(0, index + 1).join(':'))) + 1
  const command = words.slice(0, length).join(':')
  // Aliases do not count: `login status` does not make a topic of `login`.
  const ids = [...config.plugins.values()].flatMap(({commands}) => commands.map((each) => each.id))
  if (length === 0 || ids.some((each) => each.startsWith(`${command}:`))) return undefined
  const name = `mogplex ${printable(command.replaceAll(':', ' '), 60)}`
  const args = words.slice(length).map((word) => printable(word, 60))
  return new UsageError(unexpectedArgument(name, args), `Run \`${name} --help\`.`)
}

export default commandNotFound
