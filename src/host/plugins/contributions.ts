import {ownFileOf} from './core-plugins.js'
import {
  type ContributedSlashCommand,
  type ContributingConfig,
  slashCommandOf,
} from './contributed-slash-command.js'
import {type Declaration, readDeclaration} from '../../domain/plugin/declaration.js'
import {asRecord} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'

/** The contributions of plugins to the app. */
export interface Contributions {
  readonly slashCommands: readonly ContributedSlashCommand[]
  /** What is left out, as sentences. */
  readonly problems: readonly string[]
}

/**
 * The slash commands of plugins. A module is loaded when its command runs.
 *
 * @param taken - our names, including aliases; between two plugins the first one gets a name
 */
export function contributions(config: ContributingConfig, taken: readonly string[]): Contributions {
  const owners = new Map(taken.map((name) => [name, 'mogplex']))
  const declared = [...config.plugins.values()].map((plugin) => ({
    plugin: plugin.name,
    version: plugin.version,
    root: plugin.root,
    file: ownFileOf(plugin),
    ...withoutNamesakes(plugin.name, declaredBy(plugin.pjson), owners),
  }))
  return {
    slashCommands: declared.flatMap(({slashCommands, ...contributor}) =>
      slashCommands.map((each) => slashCommandOf(contributor, each, config)),
    ),
    problems: declared.flatMap(({plugin, problems}) =>
      problems.map((problem) => `The plugin ${printable(plugin, 100)}: ${problem}.`),
    ),
  }
}

/** Gives each name to the first plugin that uses it. */
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

/** Problems with skills are reported by `mogplex skills`. */
function declaredBy(pjson: unknown) {
  const {kit, slashCommands} = asRecord(asRecord(pjson)?.mogplex) ?? {}
  return readDeclaration(slashCommands === undefined ? undefined : {kit, slashCommands})
}
