// Runs the code of foreign plugins in our process. It may fail, hang or print, and our own commands
// still work; malicious code is not stopped by this (docs/plugins.md says so).
import {AsyncLocalStorage} from 'node:async_hooks'
import {GRACE_MS} from './limits.js'
import {PluginFaults, shortMessageOf} from './plugin-faults.js'
import {PluginWarnings} from './plugin-warnings.js'
import {ownerInStack} from './stack-owner.js'

interface Task {
  /** The plugin's name. */
  readonly plugin: string
  /** The folder of its files, where known. */
  readonly root?: string | undefined
  /** As in "it did not finish …": `its hook init`. */
  readonly what: string
  /** The time limit; none when absent. */
  readonly limitMs?: number | undefined
}

/** The parts of `process` that plugins share with us, and the timers of their limits. */
export interface CustodyHost {
  readonly process: Pick<
    NodeJS.Process,
    | 'exit'
    | 'exitCode'
    | 'listeners'
    | 'rawListeners'
    | 'on'
    | 'removeAllListeners'
    | 'stderr'
    | 'stdout'
  >
  readonly setTimeout: typeof setTimeout
  readonly clearTimeout: typeof clearTimeout
}

interface CustodyMode {
  /** Stdout is reserved for one JSON value: plugins' output goes to stderr. */
  readonly json: boolean
  /** Whether Node prints warnings of plugins. */
  readonly showsWarnings?: boolean | undefined
}

/** Runs code of foreign plugins: with a time limit, and without access to stdout and exit. */
export class PluginCustody {
  readonly faults: PluginFaults
  readonly warnings = new PluginWarnings()
  readonly #mode: CustodyMode
  readonly #host: CustodyHost
  readonly #inside = new AsyncLocalStorage<string>()
  readonly #running = new Set<string>()
  readonly #roots = new Map<string, string>()
  readonly #abandoned = new Set<string>()
  readonly #prototype = new Set(Reflect.ownKeys(Object.prototype))
  #commandOf: string | undefined
  #exit: typeof process.exit | undefined

  constructor(mode: CustodyMode, host: CustodyHost = {process, setTimeout, clearTimeout}) {
    this.#mode = mode
    this.#host = host
    this.faults = new PluginFaults(host.process)
  }

  /** The plugin whose command runs: an uncaught error there is the failure of the command. */
  runsCommandOf(plugin: string | undefined): void {
    this.#commandOf = plugin
  }

  /** The plugin whose code is running, where known. */
  get plugin(): string | undefined {
    return this.#inside.getStore() ?? this.#commandOf
  }

  /** Whether it exceeded its time before: then it is not called again. */
  isAbandoned(plugin: string): boolean {
    return this.#abandoned.has(plugin)
  }

  /**
   * @returns the result of the work, or `undefined` when its time ran out
   * @throws errors of the work
   */
  async run<T>(
    {plugin, root, what, limitMs}: Task,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    this.#standGuard()
    this.#running.add(plugin)
    if (root !== undefined) this.#roots.set(root, plugin)
    const {process} = this.#host
    const {exitCode} = process
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<undefined>((resolve) => {
      if (limitMs === undefined) return
      timer = this.#host.setTimeout(() => {
        this.#abandoned.add(plugin)
        this.faults.tell(
          plugin,
          `did not finish ${what} within ${limitMs / 1000} s: it is not waited for`,
        )
        resolve(undefined)
      }, limitMs)
    })
    try {
      const result = this.#inside.run(plugin, work)
      result.catch(() => undefined) // nobody handles a failure after its time ran out
      return await Promise.race([result, limit])
    } finally {
      this.#host.clearTimeout(timer)
      this.#running.delete(plugin)
      this.#sweepPrototype(plugin)
      process.exitCode = exitCode
    }
  }

  /**
   * Ends the process where a plugin would keep it alive: at once when one hangs, otherwise after a
   * while.
   *
   * @param isOurs - the command that ran was ours: it leaves no work behind worth waiting for
   */
  async close(isOurs: boolean): Promise<void> {
    await this.faults.allTold()
    const exit = this.#exit
    if (exit === undefined) return
    if (this.#abandoned.size > 0) exit()
    if (isOurs) this.#host.setTimeout(exit, GRACE_MS).unref()
  }

  /** Members of `Object.prototype` are in every object, and oclif reads them as its options. */
  #sweepPrototype(plugin: string): void {
    const added = Reflect.ownKeys(Object.prototype).filter((key) => !this.#prototype.has(key))
    for (const key of added) Reflect.deleteProperty(Object.prototype, key)
    if (added.length === 0) return
    const names = added.map(String).join(', ')
    this.faults.tell(plugin, `added to Object.prototype (${names}): that was removed`)
  }

  /**
   * The plugin that caused an error, by where it started, or by its stack; `undefined` for ours.
   */
  #culpritOf(error: unknown): string | undefined {
    return this.#inside.getStore() ?? ownerInStack(error, this.#roots)
  }

  #standGuard(): void {
    if (this.#exit !== undefined) return
    const {process} = this.#host
    const {stdout, stderr} = process
    // eslint-disable-next-line no-restricted-properties -- a plugin's work would keep it alive
    const exit = process.exit.bind(process)
    this.#exit = exit
    // eslint-disable-next-line no-restricted-properties -- no plugin may end the process for us
    process.exit = (...code) => {
      if (this.#inside.getStore() === undefined && this.#running.size === 0) exit(...code)
      throw new Error('It tried to end the process.')
    }
    const ours = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', (error: Error, origin) => {
      const plugin = this.#culpritOf(error)
      if (plugin !== undefined && plugin !== this.#commandOf)
        this.faults.tell(plugin, `failed outside its hooks: ${shortMessageOf(error)}`)
      else for (const listener of ours) listener(error, origin)
    })
    if (!this.#mode.showsWarnings) {
      this.warnings.take(process, (warning) => this.#culpritOf(warning) ?? this.#commandOf)
    }
    if (!this.#mode.json) return
    const write: unknown = Reflect.get(stdout, 'write')
    if (typeof write !== 'function') return
    stdout.write = (...args: unknown[]): boolean => {
      const isOurs = this.#inside.getStore() === undefined
      const [stream, method] = isOurs ? [stdout, write] : [stderr, Reflect.get(stderr, 'write')]
      return Reflect.apply(method as () => boolean, stream, args) as boolean
    }
  }
}
