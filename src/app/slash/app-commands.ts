import type {AttachedRun} from '../../domain/run/attached-runs.js'
import type {AppContext} from './app-context.js'
import {attach} from './attach.js'
import {clear} from './clear.js'
import {doctor} from './doctor.js'
import {help} from './help.js'
import {login} from './login.js'
import {logout} from './logout.js'
import {mcp} from './mcp.js'
import {DEFAULT, model} from './model.js'
import {profile} from './profile.js'
import {quit} from './quit.js'
import type {AppSlashCommand} from './app-slash-command.js'
import {whoami} from './whoami.js'

/** Our names, including aliases: plugins cannot use them. */
export function ownNames(): string[] {
  const commands = appCommands(
    new Set(),
    () => [],
    () => [],
  )
  return commands.flatMap(({name, aliases = []}) => [name, ...aliases])
}

/**
 * Our own slash commands, in the order of `/help`.
 *
 * @param models - candidates for the argument of `/model`: the list grows while the app runs
 * @param runs - candidates for `/attach`, from memory
 * @param profiles - candidates for `/profile`
 */
export function appCommands(
  models: ReadonlySet<string>,
  runs: () => readonly AttachedRun[],
  profiles: () => readonly string[],
): AppSlashCommand<AppContext>[] {
  return [
    login,
    logout,
    whoami,
    {...profile, complete: () => profiles().map((value) => ({value}))},
    {...model, complete: () => [...models, DEFAULT].map((value) => ({value}))},
    mcp,
    {...attach, complete: () => runs().map(({id, branch}) => ({value: id, summary: branch}))},
    doctor,
    clear,
    help,
    quit,
  ]
}
