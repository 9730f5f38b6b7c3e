import type {Hook} from '@oclif/core'
import {probablyMeant, unknownCommand} from '../../domain/errors/unknown-command.js'
import {ReservedNames} from '../../domain/plugin/reserved-names.js'
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

export default commandNotFound
