import type {Config} from '@oclif/core'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {ExitCode, MogplexError} from './errors.js'
import {givenSession} from './given-session.js'
import {sessionError} from './session-error.js'
import type {Session} from './session.js'

/** The version of the session that this kit supports. */
const VERSION = 1
const MEMBERS = [
  'identity',
  'site',
  'require',
  'can',
  'request',
  'mcpServers',
  'recentRuns',
  'rememberRun',
  'kept',
  'keep',
  'choose',
  'log',
] as const

/** The command runs in a CLI that does not provide a session: exit 1. */
export class NoSessionError extends MogplexError {
  readonly code = 'NO_SESSION'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Run the command with `mogplex`, after `mogplex plugins link` or `install`.'

  constructor() {
    super('This command needs the Mogplex CLI around it, and no session was handed to it.')
  }
}

/** The CLI and the plugin use incompatible versions of the kit: exit 1. */
export class KitVersionError extends MogplexError {
  readonly code = 'KIT_VERSION'
  readonly exitCode = ExitCode.Failed

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/**
 * The CLI's session, for code that is not a command, such as a hook: `findSession(this.config)`.
 *
 * Calls only the CLI's own hook `mogplex:session`, because any plugin can declare one. It is called
 * through its module and not by oclif's `runHook`, which calls all plugins and waits for all of
 * them, and works differently in each major version of oclif.
 *
 * @param plugin - the name of the calling plugin; a command of the kit knows it
 * @throws {NoSessionError} exit 1, when the program is not a Mogplex CLI
 * @throws {KitVersionError} exit 1, when it supports another version of the session
 */
export async function findSession(config: Config, plugin?: string): Promise<Session> {
  const session = givenSession()
  if (session !== undefined) return session
  const hook = hookOf(config)
  if (hook === undefined) throw new NoSessionError()
  try {
    return checked(await hook({config, kit: VERSION, plugin}), config)
  } catch (error) {
    throw error instanceof MogplexError ? error : sessionError(error)
  }
}

type SessionHook = (options: {
  config: Config
  kit: number
  plugin: string | undefined
}) => Promise<unknown>

function hookOf({plugins, root}: Config): SessionHook | undefined {
  const cli = [...plugins.values()].find((plugin) => plugin.root === root)
  const hook = cli?.hooks['mogplex:session']?.[0]
  if (hook === undefined) return undefined
  const load = createRequire(join(root, 'package.json'))
  const module = load(join(root, hook.target)) as Record<string, unknown>
  const found = module[hook.identifier]
  return typeof found === 'function' ? (found as SessionHook) : undefined
}

/** Forwards the members of the session, with errors of this copy of the kit. */
function checked(answer: unknown, {name, version}: Config): Session {
  const members = typeof answer === 'object' && answer !== null ? answer : {}
  const theirs: unknown = 'version' in members ? members.version : undefined
  if (theirs !== VERSION) {
    const isNewer = typeof theirs === 'number' && theirs > VERSION
    throw new KitVersionError(
      `The plugin was made for version ${VERSION} of the session, and ${name} ${version} has ${typeof theirs === 'number' ? theirs : 'none'}.`,
      isNewer ? 'Update the plugin.' : `Update ${name}.`,
    )
  }
  const session: Record<string, unknown> = {version: VERSION}
  for (const member of MEMBERS) session[member] = passOn(members, member, {name, version})
  return session as unknown as Session
}

function passOn(answer: object, member: string, {name, version}: {name: string; version: string}) {
  const method: unknown = Reflect.get(answer, member)
  return async (...args: unknown[]): Promise<unknown> => {
    if (typeof method !== 'function') {
      throw new KitVersionError(
        `${name} ${version} is older than the plugin: its session has no \`${member}\`.`,
        `Update ${name}.`,
      )
    }
    try {
      return (await Reflect.apply(method, answer, args)) as unknown
    } catch (error) {
      throw sessionError(error)
    }
  }
}
