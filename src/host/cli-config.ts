import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {Config, type Interfaces} from '@oclif/core'
import {callHooks} from './plugins/call-hooks.js'
import {loadCorePlugins, readPackageJson, readPluginFacts} from './plugins/core-plugins.js'
import type {CustodyHost, PluginCustody} from './plugins/plugin-custody.js'
import type {PluginHooks} from './plugins/plugin-hooks.js'

type Hooks = Interfaces.Hooks

/** How the CLI is loaded for a run. */
export interface LoadMode {
  /** Stdout is reserved for one JSON value. */
  readonly json: boolean
  /** Whether Node prints warnings of the user's plugins. */
  readonly showsWarnings?: boolean
  /** Whether the user's plugins are loaded, if there are any. */
  readonly userPlugins: boolean
  /**
   * Whether only the command itself is requested, not the list of commands: see `asksForItself`.
   */
  readonly quick?: boolean
}

/**
 * Gets our plugins passed in, and looks for the user's only where there are any. Our hooks run
 * first, separately: the gate is one of them.
 */
export class CliConfig extends Config {
  readonly #handedOver: Config['plugins']
  readonly #mode: LoadMode
  readonly #host: CustodyHost | undefined
  /** The value of `--profile`. */
  profile: string | undefined
  #custody: PluginCustody | undefined
  #hooks: PluginHooks | undefined

  /** @param host - what plugins share with us; tests pass another one */
  constructor(
    root: string,
    pjson: Interfaces.PJSON,
    plugins: Config['plugins'],
    mode: LoadMode,
    host?: CustodyHost,
  ) {
    super({root, pjson, plugins})
    this.#handedOver = plugins
    this.#mode = mode
    this.#host = host
  }

  /** Runs the code of foreign plugins; `undefined` where there are none. */
  get custody(): PluginCustody | undefined {
    return this.#custody
  }

  /** Few users have any, and catching an error takes longer than checking. */
  override async loadTheme(): ReturnType<Config['loadTheme']> {
    return existsSync(join(this.configDir, 'theme.json')) ? super.loadTheme() : undefined
  }

  override async loadPluginsAndCommands(): Promise<void> {
    if (this.#mode.userPlugins && existsSync(join(this.dataDir, 'package.json'))) {
      const plugins = await import('./plugins/user-plugins.js')
      if (this.#mode.quick === true) await this.#knowAll() // their hooks may look at anything
      const custody = new plugins.PluginCustody(this.#mode, this.#host)
      this.#custody = custody
      const theirs = await plugins.loadUserPlugins(this.dataDir, this.#handedOver, custody)
      for (const plugin of theirs) this.#handedOver.set(plugin.name, plugin)
      this.#hooks = new plugins.PluginHooks(this, custody)
    }
    await super.loadPluginsAndCommands()
  }

  override async runHook<T extends keyof Hooks, P extends Hooks = Hooks>(
    event: T,
    options: P[T]['options'],
    timeout?: number,
    captureErrors = false,
  ): Promise<Interfaces.Hook.Result<P[T]['return']>> {
    const call = {config: this, event: String(event), options, timeoutMs: timeout, captureErrors}
    const listens = ({type, hooks}: Interfaces.Plugin): boolean =>
      type === 'core' && hooks[call.event] !== undefined
    const ours = [...this.plugins.values()].filter(listens)
    const own = await Promise.all(ours.map(async (plugin) => callHooks(plugin, call)))
    const failure = own
      .flatMap(({failures}) => failures)
      .find(({plugin}) => plugin.root === this.root)
    // oclif swallows a plain error in a hook, and the gate would be open.
    if (event === 'prerun' && failure !== undefined) throw failure.error
    const theirs = await this.#hooks?.run(call, async (plugin) =>
      callHooks(plugin, {...call, captureErrors: true}),
    )
    const results = [...own, ...(theirs ?? [])] as Interfaces.Hook.Result<P[T]['return']>[]
    return {
      successes: results.flatMap(({successes}) => successes),
      failures: results.flatMap(({failures}) => failures),
    }
  }

  async #knowAll(): Promise<void> {
    const known = await loadCorePlugins(this.root, this.pjson, readPluginFacts(this.root))
    for (const [name, {commands}] of known) {
      const plugin = this.#handedOver.get(name)
      if (plugin !== undefined) plugin.commands = commands
    }
  }

  /** Ends the process where a plugin would keep it alive. Call it when all output is written. */
  async close(): Promise<void> {
    if (this.#custody !== undefined) await nextTurn() // Node reports a warning a tick later
    const warnings = this.#custody?.warnings.kept ?? []
    if (warnings.length > 0) {
      const {compose} = await import('../compose.js')
      const {recordWarning} = compose(this)
      for (const {plugin, fields} of warnings) recordWarning(plugin, fields)
    }
    await this.#hooks?.close()
  }
}

async function nextTurn(): Promise<void> {
  return new Promise((done) => {
    setImmediate(done)
  })
}

/**
 * @param root - the folder of the CLI's package.json
 * @param host - what plugins share with us; tests pass another one
 */
export async function loadConfig(
  root: string,
  mode: LoadMode,
  host?: CustodyHost,
): Promise<CliConfig> {
  const facts = readPluginFacts(root)
  const pjson = facts?.[0]?.pjson ?? readPackageJson(root)
  const plugins = await loadCorePlugins(root, pjson, facts, mode.quick)
  const config = new CliConfig(root, pjson, plugins, mode, host)
  await config.load()
  return config
}
