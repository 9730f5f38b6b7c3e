import type {CommandFacts, FlagFacts} from './command-facts.js'
import {exampleSection, flagSections} from './command-help.js'
import {type HelpSection, pageText, type PageDisplayOptions} from './help-page.js'
import {HELP_PAGES} from './help-pages.js'

/** Groups of commands by purpose. Those of foreign plugins have a separate group. */
const GROUPS: readonly (readonly [title: string, commands: readonly string[]])[] = [
  ['START', ['login', 'doctor', 'help']],
  ['ACCOUNT', ['whoami', 'profiles', 'logout', 'models', 'mcp', 'logs']],
  ['RUNS', ['run', 'attach', 'runs', 'repos', 'sandboxes']],
  ['EXTEND', ['plugins', 'skills', 'completion']],
]
const OTHER_GROUP = 'EXTEND'
const PLUGINS_GROUP = 'PLUGINS'

const EXAMPLES = [
  'mogplex',
  'mogplex login --no-browser',
  'mogplex --prompt "What is a nanosecond?"',
  'mogplex whoami --require account --json',
]

const ANSWERED_BY_OCLIF: readonly Pick<FlagFacts, 'char' | 'description' | 'name'>[] = [
  {name: 'help', char: 'h', description: 'Show this; after a command, its help.'},
  {name: 'version', char: 'v', description: 'Show the version.'},
]

/** The first page of the help: every command by purpose, and the flags of bare `mogplex`. */
export function rootHelp(
  intro: string,
  root: CommandFacts,
  commands: readonly CommandFacts[],
  display: PageDisplayOptions,
): string {
  const pages = HELP_PAGES.map(({name}) => name).join(', ')
  return pageText(
    intro,
    [
      {title: 'USAGE', commands: ['$ mogplex [FLAGS]', '$ mogplex COMMAND [FLAGS]']},
      ...groupSections(root, commands),
      ...flagSections(rootFlags(root)),
      exampleSection(EXAMPLES),
      {
        title: 'MORE',
        rows: [
          ['help COMMAND', 'All about a command.'],
          ['help PAGE', `A page of the manual: ${pages}.`],
        ],
      },
    ],
    display,
  )
}

/** The flags of bare `mogplex`, including those that oclif handles. */
export function rootFlags({flags}: CommandFacts): FlagFacts[] {
  const answered = ANSWERED_BY_OCLIF.map((flag) => ({
    ...flag,
    multiple: false,
    required: false,
    allowNo: false,
    exclusive: [],
    group: 'GLOBAL',
  }))
  return [...flags, ...answered]
}

/** The group of a command. */
export function groupOf({command, plugin}: Pick<CommandFacts, 'command' | 'plugin'>): string {
  if (plugin !== undefined) return PLUGINS_GROUP
  const [topic = ''] = command.split(' ')
  return GROUPS.find(([, commands]) => commands.includes(topic))?.[0] ?? OTHER_GROUP
}

function groupSections(root: CommandFacts, commands: readonly CommandFacts[]): HelpSection[] {
  const titles = [...GROUPS.map(([title]) => title), PLUGINS_GROUP]
  return titles.map((title) => {
    const inGroup = commands.filter((facts) => groupOf(facts) === title)
    const first = title === 'START' ? [['(no command)', root.summary] as const] : []
    const known = GROUPS.find(([name]) => name === title)?.[1] ?? []
    const rank = (name: string): number =>
      known.includes(name) ? known.indexOf(name) : known.length
    const sorted = inGroup
      .filter(({command}) => !command.includes(' '))
      .sort((one, other) => rank(one.command) - rank(other.command))
    return {
      title,
      rows: [...first, ...sorted.map(({command, summary}) => [command, summary] as const)],
    }
  })
}
