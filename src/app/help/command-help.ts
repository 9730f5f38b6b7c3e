import type {ArgFacts, CommandFacts, FlagFacts} from './command-facts.js'
import {type HelpSection, pageText, type PageDisplayOptions} from './help-page.js'

/** A heading such as `EXIT CODES`, on a separate line of a description. */
const TITLE = /^[A-Z][A-Z ]+$/

/**
 * The help of a command.
 *
 * @param below - the commands whose names begin with this one's
 */
export function commandHelp(
  facts: CommandFacts,
  below: readonly Pick<CommandFacts, 'command' | 'summary'>[],
  display: PageDisplayOptions,
): string {
  return pageText(
    facts.summary,
    [
      {title: 'USAGE', commands: usageOf(facts).map((line) => `$ mogplex ${line}`)},
      {title: 'ARGUMENTS', rows: facts.args.map((arg) => [labelOf(arg), aboutArg(arg)])},
      ...flagSections(facts.flags),
      ...descriptionSections(facts.description),
      {title: 'ALIASES', commands: facts.aliases.map((alias) => `$ mogplex ${alias}`)},
      exampleSection(facts.examples),
      {title: 'COMMANDS', rows: below.map(({command, summary}) => [command, summary])},
    ],
    display,
  )
}

/** Flags by their groups: those without one come first. */
export function flagSections(flags: readonly FlagFacts[]): HelpSection[] {
  const groups = [...new Set(flags.map(({group = ''}) => group))].sort()
  return groups.map((group) => ({
    title: group === '' ? 'FLAGS' : `${group} FLAGS`,
    rows: flags
      .filter((flag) => (flag.group ?? '') === group)
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map((flag) => [flagLabel(flag), aboutFlag(flag)]),
  }))
}

/** Each command with `$`, below its description. */
export function exampleSection(examples: readonly string[]): HelpSection {
  const commands = examples.flatMap((example) => {
    const all = example.split('\n').filter((line) => line.trim() !== '')
    return all.map((line) => {
      const isCommand = all.length === 1 || /^(?:\$ |mogplex\b)|[|&] mogplex\b/.test(line)
      return isCommand ? `$ ${line.replace(/^\$ /, '')}` : line
    })
  })
  return {title: 'EXAMPLES', commands}
}

function usageOf({command, usage, args, flags}: CommandFacts): string[] {
  if (usage !== undefined) {
    return usage.map((text) => text.replace(/^(?:\$ )?(?:mogplex )?/, '').trim())
  }
  const required = flags.filter((flag) => flag.required).map(flagText)
  const words = [
    command,
    ...args.map(labelOf),
    ...required,
    ...(flags.length > 0 ? ['[FLAGS]'] : []),
  ]
  return [words.join(' ')]
}

function labelOf({name, required, multiple}: ArgFacts): string {
  const text = `${name}${multiple ? '...' : ''}`
  return required ? text : `[${text}]`
}

function aboutArg({description, options = []}: ArgFacts): string {
  return [description, oneOf(options)].filter(Boolean).join(' ')
}

function flagLabel(flag: FlagFacts): string {
  return flag.char === undefined ? flagText(flag) : `-${flag.char}, ${flagText(flag)}`
}

function flagText({name, value, multiple, allowNo}: FlagFacts): string {
  const text = allowNo ? `--[no-]${name}` : `--${name}`
  return value === undefined ? text : `${text} ${value}${multiple ? '...' : ''}`
}

function aboutFlag(flag: FlagFacts): string {
  const {description, required, options = [], value} = flag
  return [
    description,
    required ? 'Required.' : '',
    value?.includes('|') === true ? '' : oneOf(options),
    flag.default === undefined ? '' : `By default ${flag.default}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

function oneOf(options: readonly string[]): string {
  return options.length === 0 ? '' : `One of ${options.join(', ')}.`
}

/** A description may contain sections. */
function descriptionSections(description: string): HelpSection[] {
  const sections: {title: string; lines: string[]}[] = [{title: 'DESCRIPTION', lines: []}]
  for (const line of description.split('\n')) {
    if (TITLE.test(line)) sections.push({title: line, lines: []})
    else sections.at(-1)?.lines.push(line === '' ? '' : `  ${line.trim()}`)
  }
  return sections.map(({title, lines}) => ({title, lines: trimmed(lines)}))
}

/** Without empty lines at the start and the end. */
function trimmed(lines: readonly string[]): readonly string[] {
  const isText = (line: string): boolean => line !== ''
  return lines.slice(Math.max(0, lines.findIndex(isText)), lines.findLastIndex(isText) + 1)
}
