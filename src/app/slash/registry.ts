import type {Candidate, Completion} from '../../domain/editor/completion.js'
import {UsageError} from '../../domain/errors/usage.js'
import {printable} from '../../domain/text/printable.js'
import {nearestName, parseSlash, type SlashLine} from '../../domain/editor/slash.js'
import type {CompletionEvents, AppSlashCommand, AppSlashContext} from './app-slash-command.js'

const COMMAND = /^\/(\S*)$/
const ARGUMENT = /^\/(\S+) +(\S*)$/

const NOBODY: CompletionEvents = {changed: () => undefined, failed: () => undefined}

/** The slash commands, by name. */
export class SlashRegistry<Context extends AppSlashContext = AppSlashContext> {
  /** In the given order, which is that of `/help`. */
  readonly all: readonly AppSlashCommand<Context>[]
  readonly #byName: ReadonlyMap<string, AppSlashCommand<Context>>

  /** @param commands - a name that two have in common means the first of them */
  constructor(commands: readonly AppSlashCommand<Context>[]) {
    const byName = new Map<string, AppSlashCommand<Context>>()
    for (const names of [namesOf, aliasesOf]) {
      for (const command of commands) {
        for (const name of names(command)) if (!byName.has(name)) byName.set(name, command)
      }
    }
    this.all = commands.filter((command) => byName.get(command.name) === command)
    this.#byName = byName
  }

  /** With further commands, such as those of plugins; they do not replace existing ones. */
  with(commands: readonly AppSlashCommand<Context>[]): SlashRegistry<Context> {
    return new SlashRegistry([...this.all, ...commands])
  }

  /**
   * The command of a line.
   *
   * @throws {UsageError} exit 2, where it is unknown, with the nearest name
   */
  find({name}: SlashLine): AppSlashCommand<Context> {
    const command = this.#byName.get(name)
    if (command !== undefined) return command
    const nearest = nearestName(name, [...this.#byName.keys()])
    throw new UsageError(
      `The command /${printable(name, 60)} does not exist.`,
      nearest === undefined
        ? 'Type /help for the list, or put a space before the slash to send the line as it is.'
        : `Did you mean /${nearest}? A space before the slash sends the line as it is.`,
    )
  }

  /** Completes the name of a command, then its argument. */
  readonly complete = (before: string, events = NOBODY): Completion | undefined => {
    const [, name] = COMMAND.exec(before) ?? []
    if (name !== undefined) return {from: 0, candidates: this.#named(name), eager: true}
    const [, command = '', typed] = ARGUMENT.exec(before) ?? []
    if (typed === undefined) return undefined
    const candidates = this.#byName.get(command.toLowerCase())?.complete?.(typed, events) ?? []
    const others = candidates.filter(({value}) => value !== typed)
    const starting = others.filter(({value}) => startsWith(value, typed))
    const fitting = starting.length > 0 ? starting : others.filter(({value}) => holds(value, typed))
    return {from: before.length - typed.length, candidates: fitting, eager: false}
  }

  /** By name, the exact one first; by alias only where no name matches. */
  #named(typed: string): Candidate[] {
    const names = this.all.filter(({name}) => startsWith(name, typed))
    const exact = names.filter(({name}) => name === typed.toLowerCase())
    const candidates = [...new Set([...exact, ...names])].map((command) =>
      candidateOf(command.name, command),
    )
    if (candidates.length > 0) return candidates
    return this.all.flatMap((command) =>
      aliasesOf(command)
        .filter((alias) => startsWith(alias, typed))
        .map((alias) => candidateOf(alias, command)),
    )
  }
}

/**
 * Runs a line that is a slash command.
 *
 * @returns false for a line that is a prompt
 * @throws {UsageError} exit 2, for an unknown command; errors of the command
 */
export async function runSlash<Context extends AppSlashContext>(
  line: string,
  registry: SlashRegistry<Context>,
  context: Context,
): Promise<boolean> {
  const slash = parseSlash(line)
  if (slash === undefined) return false
  await registry.find(slash).run(context, slash.args, slash.text)
  return true
}

function candidateOf(name: string, {summary, argument}: AppSlashCommand<never>): Candidate {
  return {value: `/${name}${argument === undefined ? '' : ' '}`, summary}
}

function namesOf({name}: AppSlashCommand<never>): readonly string[] {
  return [name]
}

function aliasesOf({aliases = []}: AppSlashCommand<never>): readonly string[] {
  return aliases
}

/** After its payer, where it has one. */
function holds(text: string, part: string): boolean {
  return text
    .slice(text.indexOf(':') + 1)
    .toLowerCase()
    .includes(part.toLowerCase())
}

function startsWith(text: string, start: string): boolean {
  return text.toLowerCase().startsWith(start.toLowerCase())
}
