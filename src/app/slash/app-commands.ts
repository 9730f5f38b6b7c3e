import type {Candidate} from '../../domain/editor/completion.js'
import type {AppContext} from './app-context.js'
import {attach} from './attach.js'
import {clear} from './clear.js'
import {help} from './help.js'
import {login} from './login.js'
import {logout} from './logout.js'
import {mcp} from './mcp.js'
import {model} from './model.js'
import {quit} from './quit.js'
import type {SlashCommand} from './slash-command.js'
import {whoami} from './whoami.js'

/** The names that are ours, aliases included: no plugin has them. */
export function ownNames(): string[] {
  const commands = appCommands({models: new Set(), runs: new Set()})
  return commands.flatMap(({name, aliases = []}) => [name, ...aliases])
}

/**
 * Our own slash commands, in the order of `/help`.
 *
 * @param seen - what arguments are completed to: it grows while the app runs
 */
export function appCommands(seen: AppContext['seen']): SlashCommand<AppContext>[] {
  const among = (values: ReadonlySet<string>) => (): Candidate[] =>
    [...values].map((value) => ({value, summary: ''}))
  return [
    login,
    logout,
    whoami,
    {...model, complete: among(seen.models)},
    mcp,
    {...attach, complete: among(seen.runs)},
    clear,
    help,
    quit,
  ]
}
