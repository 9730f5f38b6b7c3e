import type {Config, Interfaces} from '@oclif/core'
import {messageOf, type PluginCustody} from './plugin-custody.js'

type Plugin = Interfaces.Plugin
type HookResult = Interfaces.Hook.Result<unknown>
type Failure = HookResult['failures'][number]

interface Call {
  readonly event: string
  readonly options: Readonly<Record<string, unknown>>
  readonly captureErrors: boolean
}

const LIMIT_MS = 5000
// Others may ask a person, or install something.
const LIMITED = /^(?:init|prerun|postrun|finally|mogplex:.*)$/

/**
 * The hooks of plugins that are not ours. They run after ours have succeeded. One that fails or
 * hangs is named on stderr; only a command that is not ours either can be stopped by it.
 */
export class PluginHooks {
  readonly #config: Config
  readonly #custody: PluginCustody
  #lastIsOurs = true

  constructor(config: Config, custody: PluginCustody) {
    this.#config = config
    this.#custody = custody
  }

  /** @throws the error of a hook that stops a command which is not ours, as oclif has it */
  async run(
    call: Call,
    runOne: (plugin: Plugin) => Promise<HookResult>,
  ): Promise<readonly HookResult[]> {
    const {event} = call
    if (event === 'mogplex:session') return [] // it is ours to hand out
    const id = idOf(call)
    const isOurs = id === undefined || this.#isOurs(id)
    this.#lastIsOurs = isOurs
    const theirs = [...this.#config.plugins.values()].filter(({type}) => type !== 'core')
    if (event === 'init' && id !== undefined && isOurs) this.#tellOfNamesakes(theirs, id)
    const listeners = theirs.filter((plugin) => event in plugin.hooks)
    const {exitCode} = process
    const results = await Promise.all(
      listeners.map(async (plugin) => this.#ask(plugin, event, runOne)),
    )
    if (isOurs) process.exitCode = exitCode
    const done = results.flatMap((result) => result ?? [])
    const failures = done
      .flatMap((result) => result.failures)
      .filter((failure) => !isQuiet(failure))
    const stops = isOurs || call.captureErrors ? undefined : failures.find(hasExitCode)
    if (stops !== undefined) throw stops.error
    for (const {plugin, error} of failures) {
      this.#custody.tell(plugin.name, `failed in its hook ${event}: ${messageOf(error)}`)
    }
    return done
  }

  close(): void {
    this.#custody.close(this.#lastIsOurs)
  }

  async #ask(
    plugin: Plugin,
    event: string,
    runOne: (plugin: Plugin) => Promise<HookResult>,
  ): Promise<HookResult | undefined> {
    const {name} = plugin
    if (this.#custody.isAbandoned(name)) return undefined
    const limitMs = LIMITED.test(event) ? LIMIT_MS : undefined
    const task = {plugin: name, what: `its hook ${event}`, limitMs}
    return this.#custody.run(task, async () => runOne(plugin))
  }

  /** Help, the version and what is no command at all are ours, too. */
  #isOurs(id: string): boolean {
    return (this.#config.findCommand(id)?.pluginType ?? 'core') === 'core'
  }

  #tellOfNamesakes(plugins: readonly Plugin[], id: string): void {
    const named = this.#config.findCommand(id)
    const same = ({commands}: Plugin) =>
      commands.some((command) => command.id === id || command.aliases.includes(id))
    for (const {name} of named === undefined ? [] : plugins.filter(same)) {
      this.#custody.tell(name, `has a command ${id.replaceAll(':', ' ')} of its own: ours is run`)
    }
  }
}

/** The command that the CLI runs while a hook is called. */
function idOf({options}: Call): string | undefined {
  const {id, Command} = options
  const own: unknown = typeof Command === 'function' && 'id' in Command ? Command.id : id
  return typeof own === 'string' ? own : undefined
}

/** It only says that it is done: oclif's `this.exit()`. */
function isQuiet({error}: Failure): boolean {
  return 'code' in error && error.code === 'EEXIT' && !hasExitCode({error})
}

function hasExitCode({error}: Pick<Failure, 'error'>): boolean {
  const {oclif, code} = error as {oclif?: {exit?: number}; code?: unknown}
  return oclif?.exit !== undefined && oclif.exit !== 0 && code !== 'MODULE_NOT_FOUND'
}
