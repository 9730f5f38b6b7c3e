import type {Config, Interfaces} from '@oclif/core'
import {codeOf} from '../../domain/errors/system-error.js'
import {messageOf} from '../../domain/text/thrown.js'
import {exitCodeOf} from './call-hooks.js'
import {hookLimitMs} from './limits.js'
import type {PluginCustody} from './plugin-custody.js'
import {shortMessageOf} from './plugin-faults.js'

type Plugin = Interfaces.Plugin
type HookResult = Interfaces.Hook.Result<unknown>
type Failure = HookResult['failures'][number]

interface Call {
  readonly event: string
  readonly options: Readonly<Record<string, unknown>>
  readonly captureErrors: boolean
}

// Only we provide the session; and oclif lets only the CLI itself change the command line.
const OURS_ALONE = new Set(['mogplex:session', 'preparse'])

/**
 * The hooks of foreign plugins. They run after ours have succeeded. One that fails or hangs is
 * named on stderr; it can stop only commands of its own plugin.
 */
export class PluginHooks {
  readonly #config: Config
  readonly #custody: PluginCustody
  #lastIsOurs = true

  constructor(config: Config, custody: PluginCustody) {
    this.#config = config
    this.#custody = custody
  }

  /** @throws the error of a hook that stops a command of its own plugin, in oclif's form */
  async run(
    call: Call,
    runOne: (plugin: Plugin) => Promise<HookResult>,
  ): Promise<readonly HookResult[]> {
    const {event} = call
    if (OURS_ALONE.has(event)) return []
    const id = idOf(call)
    const command = id === undefined ? undefined : this.#config.findCommand(id)
    // Help, the version and unknown commands are ours, too.
    const isOurs = (command?.pluginType ?? 'core') === 'core'
    this.#lastIsOurs = isOurs
    this.#custody.runsCommandOf(isOurs ? undefined : command?.pluginName)
    const theirs = [...this.#config.plugins.values()].filter(({type}) => type !== 'core')
    const listeners = theirs.filter((plugin) => event in plugin.hooks)
    const {exitCode} = process
    const results = await Promise.all(
      listeners.map(async (plugin) => this.#ask(plugin, event, runOne)),
    )
    if (isOurs) process.exitCode = exitCode
    const done = results.flatMap((result) => result ?? [])
    const failures = done.flatMap((result) => result.failures).filter(({error}) => !isQuiet(error))
    const stops = ({plugin, error}: Failure) =>
      !isOurs && plugin.alias === command?.pluginAlias && exitCodeOf(error) !== 0
    for (const failure of failures) {
      if (!call.captureErrors && stops(failure)) throw failure.error
      const {plugin, error} = failure
      const {faults} = this.#custody
      faults.tell(plugin.name, `failed in its hook ${event}: ${shortMessageOf(error)}`)
    }
    return done
  }

  async close(): Promise<void> {
    await this.#custody.close(this.#lastIsOurs)
  }

  async #ask(
    plugin: Plugin,
    event: string,
    runOne: (plugin: Plugin) => Promise<HookResult>,
  ): Promise<HookResult | undefined> {
    const {name, root} = plugin
    if (this.#custody.isAbandoned(name)) return undefined
    const task = {plugin: name, root, what: `its hook ${event}`, limitMs: hookLimitMs(event)}
    try {
      return await this.#custody.run(task, async () => runOne(plugin))
    } catch (thrown) {
      // oclif itself fails on thrown values that are not errors.
      const error = thrown instanceof Error ? thrown : new Error(messageOf(thrown))
      return {successes: [], failures: [{plugin, error}]}
    }
  }
}

/** The command that the CLI runs while a hook is called. */
function idOf({options}: Call): string | undefined {
  const {id, Command} = options
  const own: unknown = typeof Command === 'function' && 'id' in Command ? Command.id : id
  return typeof own === 'string' ? own : undefined
}

/** A normal end of the hook: oclif's `this.exit()`. */
function isQuiet(error: unknown): boolean {
  return codeOf(error) === 'EEXIT' && exitCodeOf(error) === 0
}
