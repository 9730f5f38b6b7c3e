import {type Environment, valueOf} from '../settings/environment.js'

/**
 * Agent hosts that start MCP servers from a user's config file; docs/agents.md names the sources.
 */
export const AGENT_HOST_IDS = [
  'claude-code',
  'codex',
  'cursor',
  'gemini',
  'opencode',
  'vscode',
] as const

export type AgentHostId = (typeof AGENT_HOST_IDS)[number]

/** Where the user's files are. */
interface HostPlace {
  readonly platform: NodeJS.Platform
  readonly env: Environment
}

export interface AgentHost {
  readonly id: AgentHostId
  readonly name: string
  readonly format: 'json' | 'toml'
  /** The location of the entry in the file: names of members, or of a table. */
  readonly members: readonly [string, string]
  /** The path of the file, from the home folder or absolute, with slashes. */
  readonly file: (place: HostPlace) => string
  readonly entryOf: (command: readonly [string, ...string[]]) => Readonly<Record<string, unknown>>
}

const NAME = 'mogplex'

export const AGENT_HOSTS: readonly AgentHost[] = [
  {
    id: 'claude-code',
    name: 'Claude Code',
    format: 'json',
    members: ['mcpServers', NAME],
    file: () => '.claude.json',
    entryOf: ([command, ...args]) => ({type: 'stdio', command, args}),
  },
  {
    id: 'codex',
    name: 'Codex',
    format: 'toml',
    members: ['mcp_servers', NAME],
    file: ({env}) => `${valueOf(env, 'CODEX_HOME') ?? '.codex'}/config.toml`,
    entryOf: commandAndArgs,
  },
  {
    id: 'cursor',
    name: 'Cursor',
    format: 'json',
    members: ['mcpServers', NAME],
    file: () => '.cursor/mcp.json',
    entryOf: commandAndArgs,
  },
  {
    id: 'gemini',
    name: 'Gemini CLI',
    format: 'json',
    members: ['mcpServers', NAME],
    file: () => '.gemini/settings.json',
    entryOf: commandAndArgs,
  },
  {
    id: 'opencode',
    name: 'OpenCode',
    format: 'json',
    members: ['mcp', NAME],
    file: () => '.config/opencode/opencode.json',
    entryOf: (command) => ({type: 'local', command: [...command], enabled: true}),
  },
  {
    id: 'vscode',
    name: 'VS Code',
    format: 'json',
    members: ['servers', NAME],
    file: ({platform}) => `${vscodeFolder(platform)}/Code/User/mcp.json`,
    entryOf: ([command, ...args]) => ({type: 'stdio', command, args}),
  },
]

/** @throws {Error} for an unknown id */
export function agentHost(id: string): AgentHost {
  const host = AGENT_HOSTS.find((each) => each.id === id)
  if (host === undefined) throw new Error(`${id} is not a host.`)
  return host
}

/**
 * The command that a host starts. On Windows `mogplex` is a script, which only a shell can start.
 *
 * @param profile - the profile to use whatever else is chosen; the current one when absent
 */
export function connectCommand(
  {readOnly = false, profile}: {readOnly?: boolean | undefined; profile?: string | undefined},
  platform: NodeJS.Platform,
): readonly [string, ...string[]] {
  const words = [
    ...(profile === undefined ? [] : ['--profile', profile]),
    'mcp',
    'connect',
    ...(readOnly ? ['--read-only'] : []),
  ]
  return platform === 'win32' ? ['cmd', '/c', NAME, ...words] : [NAME, ...words]
}

const WORDS = /^(?:cmd \/c )?mogplex (?:--profile [a-z0-9-]+ )?mcp connect(?: --read-only)?$/

/** Whether an entry is exactly what `mogplex mcp install` writes, unchanged. */
export function isOwnEntry(host: AgentHost, entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false
  const {command, args = []} = entry as {command?: unknown; args?: unknown}
  const words = [command, args].flat()
  if (!words.every((word) => typeof word === 'string')) return false
  const [first = '', ...others] = words
  const isWritten =
    JSON.stringify(sorted(entry)) === JSON.stringify(sorted(host.entryOf([first, ...others])))
  return isWritten && WORDS.test(words.join(' '))
}

function commandAndArgs([command, ...args]: readonly [string, ...string[]]) {
  return {command, args}
}

function vscodeFolder(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'AppData/Roaming'
  return platform === 'darwin' ? 'Library/Application Support' : '.config'
}

function sorted(entry: object): [string, unknown][] {
  return Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1))
}
