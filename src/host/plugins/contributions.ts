import type {SlashContext} from '@mogplex/plugin-kit'
import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Interfaces} from '@oclif/core'
import type {PluginCustody} from './plugin-custody.js'
import {loadExport} from './plugin-module.js'
import {compose} from '../../compose.js'
import {messageOf} from '../../domain/text/thrown.js'
import {PluginFailedError} from '../../domain/errors/plugin.js'
import {
  type Declaration,
  readDeclaration,
  type SlashDeclaration,
} from '../../domain/plugin/declaration.js'
import {asRecord} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'

type Config = Pick<Interfaces.Config, 'pjson' | 'plugins' | 'version'> & {
  readonly custody?: PluginCustody | undefined
}

/** A plugin, and the slash commands that it declares. */
interface Contributor {
  readonly plugin: string
  readonly version: string
  readonly root: string
}

/** A slash command of a plugin, to stand beside ours. */
export interface ContributedSlashCommand {
  readonly name: string
  readonly summary: string
  readonly argument?: string
  /** @throws {MogplexError} what the gate says; what the command throws; exit 1, when it fails */
  run(context: Pick<SlashContext, 'columns' | 'print'>, args: readonly string[]): Promise<void>
}

/** What plugins contribute to the app. */
export interface Contributions {
  readonly slashCommands: readonly ContributedSlashCommand[]
  /** What is left out, in sentences. */
  readonly problems: readonly string[]
}

/**
 * The slash commands of plugins. A module is loaded when its command is run.
 *
 * @param taken - names, aliases included, that are ours; of two plugins the first has a name
 */
export function contributions(config: Config, taken: readonly string[]): Contributions {
  const owners = new Map(taken.map((name) => [name, 'mogplex']))
  const declared = [...config.plugins.values()].map(({name, version, root, pjson}) => ({
    ...{plugin: name, version, root},
    ...withoutNamesakes(name, declaredBy(pjson), owners),
  }))
  return {
    slashCommands: declared.flatMap(({slashCommands, plugin, version, root}) =>
      slashCommands.map((each) => slashCommandOf({plugin, version, root}, each, config)),
    ),
    problems: declared.flatMap(({plugin, problems}) =>
      problems.map((problem) => `The plugin ${printable(plugin, 100)}: ${problem}.`),
    ),
  }
}

/** Gives each name to who comes first. */
function withoutNamesakes(
  plugin: string,
  {slashCommands, problems}: Pick<Declaration, 'problems' | 'slashCommands'>,
  owners: Map<string, string>,
) {
  const free = slashCommands.filter(({name}) => !owners.has(name))
  const left = slashCommands.flatMap(({name}) => {
    const owner = owners.get(name)
    return owner === undefined
      ? []
      : [`/${name} is left out: it is one of ${printable(owner, 100)}`]
  })
  for (const {name} of free) owners.set(name, plugin)
  return {slashCommands: free, problems: [...problems, ...left]}
}

/** What is wrong with its skills is told by `mogplex skills`. */
function declaredBy(pjson: unknown) {
  const {kit, slashCommands} = asRecord(asRecord(pjson)?.mogplex) ?? {}
  return readDeclaration(slashCommands === undefined ? undefined : {kit, slashCommands})
}

function slashCommandOf(
  contributor: Contributor,
  declared: SlashDeclaration,
  config: Config,
): ContributedSlashCommand {
  const {name, summary, argument, auth} = declared
  return {
    ...{name, summary, ...(argument !== undefined && {argument})},
    async run({print, columns}, args) {
      const {session, pluginSession} = compose(config)
      session.refresh()
      session.require(auth)
      const {plugin, root, version} = contributor
      const context = {args, columns, session: pluginSession({name: plugin, version})}
      const work = async () =>
        runContributed(contributor, declared, {...context, print: (text) => print(text)})
      await (config.custody?.run({plugin, root, what: `/${name}`}, work) ?? work())
    },
  }
}

async function runContributed(
  {plugin, root}: Contributor,
  {name, module, export: exported}: SlashDeclaration,
  context: SlashContext,
): Promise<void> {
  try {
    const command = await loadExport(root, module, exported)
    if (typeof command !== 'function') {
      throw new PluginFailedError(plugin, `${module} has no function ${exported} for /${name}.`)
    }
    await (command as (context: SlashContext) => unknown)(context)
  } catch (error) {
    if (error instanceof MogplexError) throw error
    throw new PluginFailedError(plugin, `/${name}: ${printable(messageOf(error))}`)
  }
}
