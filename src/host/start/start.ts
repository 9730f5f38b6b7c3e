import {join} from 'node:path'
import {CodeCache, type Owner} from './code-cache.js'
import {CompiledFiles} from './compiled-files.js'
import {putPlainOutput} from './plain-output.js'

/** Identifies the build: inserted by scripts/bundle.js. */
declare const BUILD: string

/** A user, from the system's user database. */
interface User extends Owner {
  readonly homedir: string
}

type Process = Pick<
  NodeJS.Process,
  'arch' | 'env' | 'execArgv' | 'getegid' | 'geteuid' | 'getgid' | 'getuid' | 'platform' | 'version'
>

const WRONG_USE = 2

interface Cli {
  /** @returns whether no code but ours was loaded */
  readonly launch: (argv: readonly string[], root: string) => Promise<boolean>
}

/**
 * Runs the CLI.
 *
 * @param root - the folder of its package.json
 * @param user - `undefined` where the system does not know the user
 */
export async function start(argv: readonly string[], root: string, user?: User): Promise<void> {
  const isPlain = putPlainOutput(process)
  const [word = ''] = argv
  const cache = user && codeCacheOf(process, user, BUILD)
  const files = new CompiledFiles(cache, /^-{0,2}[a-z]{1,16}$/.test(word) ? word : 'app')
  const {launch} = files.load(join(root, 'dist', 'mogplex.cjs')) as Cli
  const isAlone = await launch(argv, root)
  // The failed command line may contain any word at all.
  if (process.exitCode !== WRONG_USE) files.store(Boolean(process.exitCode))
  if (isAlone && !hasOptions(process) && isPlain()) process.nextTick(exitIfDone)
}

/**
 * Exits at once where nothing is left to wait for. Node itself would first collect garbage, which
 * takes a tenth of `whoami`. Only where all code is ours: it would not see that other code waits for
 * a worker or a hash, or fails in a promise that nobody awaits.
 */
function exitIfDone(): void {
  // eslint-disable-next-line no-restricted-properties -- no output is cut off
  if (process.getActiveResourcesInfo().length === 0) process.exit()
}

/** Options of Node may load other code. */
function hasOptions({execArgv, env}: Process): boolean {
  return execArgv.length > 0 || Boolean(env.NODE_OPTIONS)
}

/**
 * Where compiled code is cached: in the home from the system's user database, which no variable can
 * redirect. Not where the real and the effective user differ, and not on Windows, where nothing
 * shows who may write.
 */
export function codeCacheOf(process: Process, user: User, build: string): CodeCache | undefined {
  const {env, platform, arch, version, execArgv} = process
  if (platform === 'win32' || env.MOGPLEX_CACHE?.trim().toLowerCase() === 'off') return undefined
  const isOneUser = process.getuid?.() === user.uid && process.geteuid?.() === user.uid
  if (!isOneUser || process.getgid?.() !== process.getegid?.()) return undefined
  const flags = [...execArgv, env.NODE_OPTIONS ?? ''].join(' ')
  const generation = `${build}-${version}-${arch}-${hashOf(flags)}`
  return new CodeCache(join(user.homedir, '.cache', 'mogplex'), generation, user)
}

/**
 * FNV-1a: Node's hashes take as long to load as everything here. Only distinguishes flags of Node.
 */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16)
}
