import type {Session, SlashCommand, SlashContext} from '@mogplex/plugin-kit'
import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Interfaces} from '@oclif/core'
import {join} from 'node:path'
import type {PluginCustody} from './plugin-custody.js'
import {chooserBy, type Picker} from './choose-for-plugin.js'
import {leadsOut} from './plugin-file.js'
import {loadExport} from './plugin-module.js'
import {compose} from '../../compose.js'
import type {Candidate} from '../../domain/editor/completion.js'
import {PluginFailedError} from '../../domain/errors/plugin.js'
import type {SlashDeclaration} from '../../domain/plugin/declaration.js'
import {asRecord} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'
import {messageOf} from '../../domain/text/thrown.js'

const MAX_CANDIDATES = 200
const LONGEST_WORD = 200

export type ContributingConfig = Pick<Interfaces.Config, 'pjson' | 'plugins' | 'version'> & {
  readonly custody?: PluginCustody | undefined
}

/** A plugin, and the slash commands that it declares. */
interface Contributor {
  readonly plugin: string
  readonly version: string
  readonly root: string
  /** The part of the CLI's `dist` that contains the code of one of our plugins. */
  readonly file?: string | undefined
}

type RunContext = Pick<SlashContext, 'columns' | 'print' | 'run' | 'signal'> & {
  readonly pick: Picker
}

/** A slash command of a plugin, to be listed with ours. */
export interface ContributedSlashCommand {
  readonly name: string
  readonly summary: string
  readonly argument?: string
  /** @throws {MogplexError} errors of the gate and of the command; exit 1, when it fails */
  run(context: RunContext, args: readonly string[], text: string): Promise<void>
  /**
   * The candidates for the first argument.
   *
   * @throws {MogplexError} exit 1, when that fails; returns nothing where the gate is closed
   */
  complete(typed: string, signal: AbortSignal): Promise<readonly Candidate[]>
}

export function slashCommandOf(
  contributor: Contributor,
  declared: SlashDeclaration,
  config: ContributingConfig,
): ContributedSlashCommand {
  const {name, summary, argument, auth} = declared
  const {plugin, root, version} = contributor
  const gate = (): void => {
    const {session} = compose(config)
    session.refresh()
    session.require(auth)
  }
  const take = async <T>(
    what: string,
    use: (command: SlashCommand, session: Session) => Promise<T> | T,
    pick?: Picker,
  ): Promise<T | undefined> => {
    const {pluginSession} = compose(config)
    const work = async () =>
      useExport(contributor, declared, async (command) =>
        use(command, {...pluginSession({name: plugin, version}), choose: chooserBy(pick)}),
      )
    return config.custody?.run({plugin, root, what}, work) ?? work()
  }
  return {
    name,
    summary,
    ...(argument !== undefined && {argument}),
    async run({print, run, pick, ...context}, args, text) {
      const work = async (command: SlashCommand, session: Session): Promise<void> =>
        command({
          ...context,
          args,
          text,
          session,
          print: (lines) => print(lines),
          run: async (line) => run(line),
        })
      gate()
      await take(`/${name}`, work, pick)
    },
    async complete(typed, signal) {
      if (!isOpen(gate)) return []
      const found = await take(`completing /${name}`, async (command, own) =>
        command.complete?.(typed, {session: own, signal}),
      )
      return candidatesOf(found)
    },
  }
}

/** @throws {MogplexError} its own error; exit 1, when it is not a function, or fails */
async function useExport<T>(
  {plugin, root, file}: Contributor,
  {name, module, export: exported}: SlashDeclaration,
  use: (command: SlashCommand) => Promise<T>,
): Promise<T> {
  try {
    if (leadsOut(root, module)) throw new Error(`${module} is not in its folder`)
    const command = await loadExport(file ?? join(root, module), exported)
    if (typeof command !== 'function') {
      throw new PluginFailedError(plugin, `${module} has no function ${exported} for /${name}.`)
    }
    return await use(command as SlashCommand)
  } catch (error) {
    if (error instanceof MogplexError) throw error
    throw new PluginFailedError(plugin, `/${name}: ${printable(messageOf(error))}`)
  }
}

/** Without the required credential it is not called: its module is not even loaded. */
function isOpen(gate: () => void): boolean {
  try {
    gate()
    return true
  } catch (error) {
    if (error instanceof MogplexError) return false
    throw error
  }
}

/** Words that can be typed unchanged; all others from a plugin are left out. */
function candidatesOf(value: unknown): Candidate[] {
  const all: unknown[] = Array.isArray(value) ? value.slice(0, MAX_CANDIDATES) : []
  return all.flatMap((each): Candidate[] => {
    const {value: word, summary} = typeof each === 'string' ? {value: each} : (asRecord(each) ?? {})
    if (typeof word !== 'string' || /\s/.test(word) || printable(word, LONGEST_WORD) !== word)
      return []
    return [{value: word, ...(typeof summary === 'string' && {summary: printable(summary, 120)})}]
  })
}
