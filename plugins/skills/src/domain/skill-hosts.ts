import {isAbsolute, join} from 'node:path'

/** Where an agent host looks for skills. docs/skills.md names the source of each row. */
interface SkillHost {
  readonly id: string
  readonly name: string
  /** Relative to the user's home folder, with slashes. */
  readonly user: string
  /** Relative to the root of a project, with slashes. */
  readonly project: string
  /** Whether it also reads the cross-host folder. */
  readonly readsShared: boolean
  /** A variable that replaces the first part of `user`, when it is an absolute path. */
  readonly variable?: string
}

const SHARED = '.agents/skills'
const ROWS = [
  {id: 'agents', name: 'any host', user: SHARED, project: SHARED, readsShared: true},
  {
    id: 'claude-code',
    name: 'Claude Code',
    readsShared: false,
    user: '.claude/skills',
    project: '.claude/skills',
    variable: 'CLAUDE_CONFIG_DIR',
  },
  {id: 'codex', name: 'Codex', user: SHARED, project: SHARED, readsShared: true},
  {
    id: 'copilot',
    name: 'GitHub Copilot',
    readsShared: true,
    user: '.copilot/skills',
    project: '.github/skills',
  },
  {
    id: 'cursor',
    name: 'Cursor',
    readsShared: true,
    user: '.cursor/skills',
    project: '.cursor/skills',
  },
  {
    id: 'gemini',
    name: 'Gemini CLI',
    readsShared: true,
    user: '.gemini/skills',
    project: '.gemini/skills',
  },
  {
    id: 'opencode',
    name: 'OpenCode',
    readsShared: true,
    user: '.config/opencode/skills',
    project: '.opencode/skills',
  },
  {
    id: 'windsurf',
    name: 'Windsurf',
    readsShared: true,
    user: '.codeium/windsurf/skills',
    project: '.windsurf/skills',
  },
] as const satisfies readonly SkillHost[]

export type SkillHostId = (typeof ROWS)[number]['id']
export type SkillScope = 'project' | 'user'

export const SKILL_HOST_IDS: readonly SkillHostId[] = ROWS.map(({id}) => id)
/**
 * Together these two reach every host of the table; docs/skills.md says which of them read both.
 */
export const USUAL_HOST_IDS: readonly SkillHostId[] = ['agents', 'claude-code']

const HOSTS: readonly SkillHost[] = ROWS

/** A folder that hosts search for skills. */
export interface SkillPlace {
  readonly scope: SkillScope
  /** Absolute. */
  readonly folder: string
  /** The programs that read it, by their names. */
  readonly readers: readonly string[]
}

interface Where {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly scope: SkillScope
  /** The user's home folder, or the root of the project. Absolute. */
  readonly base: string
}

/** The folders of these hosts, without duplicates, in the order of the table. */
export function skillPlaces(hosts: readonly SkillHostId[], where: Where): SkillPlace[] {
  const ids: readonly string[] = hosts
  const folders = HOSTS.filter(({id}) => ids.includes(id)).map((host) => folderOf(host, where))
  return [...new Set(folders)].map((folder) => ({
    scope: where.scope,
    folder,
    readers: HOSTS.filter((host) => reads(host, folder, where)).map(({name}) => name),
  }))
}

function folderOf({user, project, variable}: SkillHost, {env, scope, base}: Where): string {
  if (scope === 'project') return join(base, project)
  const replaced = variable === undefined ? undefined : env[variable]?.trim()
  if (replaced === undefined || !isAbsolute(replaced)) return join(base, user)
  return join(replaced, user.slice(user.indexOf('/') + 1))
}

function reads(host: SkillHost, folder: string, where: Where): boolean {
  if (host.id === 'agents') return false // not a program
  if (host.readsShared && folder === join(where.base, SHARED)) return true
  return folderOf(host, where) === folder
}

/**
 * Links may make two folders the same: then they are one place, for the readers of both.
 *
 * @param realFolder - resolves links in a path
 */
export function distinctPlaces(
  places: readonly SkillPlace[],
  realFolder: (path: string) => string,
): SkillPlace[] {
  const byFolder = new Map<string, SkillPlace>()
  for (const place of places) {
    const real = realFolder(place.folder)
    const known = byFolder.get(real)
    const readers = [...new Set([...(known?.readers ?? []), ...place.readers])]
    byFolder.set(real, {...(known ?? place), readers})
  }
  return [...byFolder.values()]
}
