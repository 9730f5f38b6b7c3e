import type {InspectedPlugin, InstalledPlugin} from '../domain/plugin/installed-plugin.js'
import {printable} from '../domain/text/printable.js'
import type {ListDisplayOptions} from './hosted-text.js'
import {shortPath} from './names.js'
import {rows} from '../terminal/rows.js'
import {type Column, table} from '../terminal/table.js'
import {wrap} from '../terminal/wrap.js'

/** The installed plugins, then those that are left out, and why. */
export function pluginsText(
  plugins: readonly InstalledPlugin[],
  display: ListDisplayOptions,
): string {
  if (plugins.length === 0) return 'No plugin is installed or linked.'
  const columns: readonly Column<InstalledPlugin>[] = [
    {title: 'plugin', cell: ({name}) => printable(name)},
    {title: 'version', cell: versionOf},
    {title: 'from', cell: (plugin) => originOf(plugin, display.homeFolder), shrinks: true},
  ]
  const troubles = plugins.flatMap((plugin) => problemOf(plugin) ?? [])
  return [table(plugins, columns, display), ...troubles.map((line) => wrap(line, display.columns))]
    .filter((part) => part !== '')
    .join('\n')
}

/** Everything that the files of one plugin say. */
export function pluginText(plugin: InspectedPlugin, display: ListDisplayOptions): string {
  const {commands, dependencies, homepage} = plugin
  const needs = Object.entries(dependencies).map(([name, range]) => `${name} ${range}`)
  const facts: [string, string][] = [
    ['from', originOf(plugin, display.homeFolder)],
    ['folder', shortPath(plugin.root, display.homeFolder)],
    ['homepage', printable(homepage ?? '')],
    [
      'commands',
      commands === null
        ? 'not known: it has no manifest, and would have to be run'
        : listed(commands.map(words)),
    ],
    ['needs', listed(needs)],
  ]
  const lines = rows(facts.filter(([, text]) => text !== ''))
  const problem = problemOf(plugin)
  const title = `${display.palette.strong(printable(plugin.name))} ${versionOf(plugin)}`.trimEnd()
  return [title, ...lines, ...(problem === undefined ? [] : [problem])]
    .map((line) => wrap(line, display.columns))
    .join('\n')
}

/** Why a plugin is left out, completely or partly; `undefined` where no problem is known. */
export function problemOf({name, problem, leftOut}: InstalledPlugin): string | undefined {
  if (problem !== null) return `${printable(name)} is left out: ${printable(problem)}.`
  if (leftOut.length === 0) return undefined
  return `${printable(name)} uses names that belong to mogplex, left out: ${listed(leftOut)}.`
}

function versionOf({version}: InstalledPlugin): string {
  return printable(version ?? '', 60)
}

function originOf({type, tag, url, root}: InstalledPlugin, homeFolder: string): string {
  if (type === 'link') return `linked: ${shortPath(root, homeFolder)}`
  if (type === 'core') return 'mogplex'
  return printable(url ?? `npm${tag === null || tag === 'latest' ? '' : ` (${tag})`}`)
}

function words(id: string): string {
  return id.replaceAll(':', ' ')
}

function listed(texts: readonly string[]): string {
  return printable(texts.join(', '), 2000)
}
