import type {Hook} from '@oclif/core'
import {UsageError} from '../../domain/errors/usage.js'
import {ReservedNames} from '../../domain/plugin/reserved-names.js'
import {printable} from '../../domain/text/printable.js'
import {unexpectedArgumentIn} from '../plugins/unexpected-argument.js'

/**
 * An unknown command is a usage error like any other: exit 2, in JSON too. A plugin that has just
 * been installed may ask for a command of its own before oclif knows it: that is run.
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
  const unexpected = unexpectedArgumentIn(id, config)
  if (unexpected !== undefined) throw unexpected
  const name = printable(id.replaceAll(':', ' '), 60)
  return Promise.reject(
    new UsageError(`mogplex has no command "${name}".`, 'Run `mogplex --help` for the commands.'),
  )
}

export default commandNotFound
