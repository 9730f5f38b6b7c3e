import {Flags, type Interfaces} from '@oclif/core'
import {ownNames} from '../../../app/slash/app-commands.js'
import {printable} from '../../../domain/text/printable.js'
import {npmOutputLevel} from './npm.js'
import {PluginStore} from './plugin-store.js'

/** The flags of commands that run npm. */
export const NPM_FLAGS = {
  silent: Flags.boolean({
    char: 's',
    exclusive: ['verbose'],
    description: 'Show no output of npm.',
  }),
  verbose: Flags.boolean({char: 'v', description: 'Show all that npm says.'}),
}

/** The user's plugins, for a command: npm's output goes to stderr. */
export function openPluginStore(
  config: Interfaces.Config,
  flags: Parameters<typeof npmOutputLevel>[0],
): PluginStore {
  return new PluginStore(config, {
    outputLevel: npmOutputLevel(flags, process.env),
    slashCommands: ownNames(),
    say: (line) => void process.stderr.write(`${printable(line, 1000)}\n`),
  })
}
