import type {SkillPlace} from '../../src/domain/skill-hosts.js'
import type {ContributedSkill, FoundSkill} from '../../src/domain/skill-standing.js'

const FILES = new Map([['SKILL.md', 'hash']])

export function makeSkill(name = 'one', more: Partial<ContributedSkill> = {}): ContributedSkill {
  return {
    name,
    plugin: '@x/plugin',
    version: '1.0.0',
    description: 'What.',
    isOurs: true,
    files: new Map(),
    fingerprints: FILES,
    allowedTools: ['Read'],
    ...more,
  }
}

/** As after `skills install`, or edited afterwards. */
export function installed(name = 'one', files = FILES): FoundSkill {
  const record = {skill: name, plugin: '@x/plugin', version: '1.0.0', files: FILES}
  return {kind: 'folder', record, files}
}

export const EDITED = new Map([['SKILL.md', 'another hash']])

export const PLACES: readonly SkillPlace[] = [
  {scope: 'user', folder: '/home/.agents/skills', readers: ['Codex', 'Cursor']},
  {scope: 'user', folder: '/home/.claude/skills', readers: ['Claude Code']},
]

/** Finds an entry in a table of paths. */
export function lookIn(there: Record<string, FoundSkill>) {
  return ({folder}: SkillPlace, name: string) => {
    const path = `${folder}/${name}`
    return {path, real: path, found: there[path] ?? ({kind: 'nothing'} as const)}
  }
}
