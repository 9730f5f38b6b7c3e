import {type Config, Errors, getLogger, type Interfaces, ModuleLoader, ux} from '@oclif/core'
import {tsPath} from '@oclif/core/config'

type Plugin = Interfaces.Plugin
type HookResult = Interfaces.Hook.Result<unknown>
type HookFunction = (this: Interfaces.Hook.Context, options: object) => unknown

interface HookCall {
  readonly config: Config
  readonly event: string
  readonly options: object
  /** The time limit of each hook; none when absent. */
  readonly timeoutMs?: number | undefined
  /** Whether an error that carries an exit code counts as an ordinary failure. */
  readonly captureErrors: boolean
}

/**
 * Calls the hooks that one plugin has for an event, one after the other. oclif's own `runHook` does
 * the same, but always for all plugins of a Config.
 *
 * @throws the error of a hook that carries an exit code, where errors are not captured
 */
export async function callHooks(
  plugin: Plugin,
  {config, event, options, timeoutMs, captureErrors}: HookCall,
): Promise<HookResult> {
  const context = contextOf(plugin, event, config)
  const result: HookResult = {successes: [], failures: []}
  for (const {target, identifier} of plugin.hooks[event] ?? []) {
    try {
      const hook = await loadHook(plugin, target, identifier)
      if (hook === undefined) continue
      const running = hook.call(context, {...options, config, context})
      result.successes.push({plugin, result: await within(running, timeoutMs)})
    } catch (error) {
      result.failures.push({plugin, error: error as Error})
      if (!captureErrors && exitCodeOf(error) !== 0) throw error
    }
  }
  return result
}

/** The exit code with which a hook stops a command, in oclif's form; 0 where it does not. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) return 0
  const {oclif, code} = error as {oclif?: {exit?: number}; code?: unknown}
  return code === 'MODULE_NOT_FOUND' ? 0 : (oclif?.exit ?? 0)
}

async function loadHook(
  plugin: Plugin,
  target: string,
  identifier: string,
): Promise<HookFunction | undefined> {
  const path = await tsPath(plugin.root, target, plugin)
  const module = await ModuleLoader.load<Record<string, unknown>>(plugin, path)
  const named = module[identifier]
  if (isFunction(named)) return named
  return identifier === 'default' ? [module, ...Object.values(module)].find(isFunction) : undefined
}

function isFunction(value: unknown): value is HookFunction {
  return typeof value === 'function'
}

function contextOf({name}: Plugin, event: string, config: Config): Interfaces.Hook.Context {
  return {
    config,
    debug: (...args: [unknown, ...unknown[]]) => {
      getLogger([name, 'hooks', event].join(':')).debug(...args)
    },
    error: (message, options = {}) => Errors.error(message, options),
    exit: (code = 0) => Errors.exit(code),
    log: (message?: string, ...args: string[]) => ux.stdout(message, ...args),
    warn: (message) => {
      Errors.warn(message)
    },
  }
}

async function within(running: unknown, timeoutMs: number | undefined): Promise<unknown> {
  if (timeoutMs === undefined) return running
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    const tooLate = (): void => reject(new Error(`Timed out after ${timeoutMs} ms.`))
    timer = setTimeout(tooLate, timeoutMs).unref()
  })
  return Promise.race([running, limit]).finally(() => clearTimeout(timer))
}
