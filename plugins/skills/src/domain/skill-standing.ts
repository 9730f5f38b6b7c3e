import {differences, type Fingerprints, type SkillRecord} from './skill-record.js'

/** What exists where a skill is, or would be, installed. */
export type FoundSkill =
  | {readonly kind: 'nothing'}
  | {readonly kind: 'in-the-way'; readonly what: string}
  /** A symbolic link in its place: its resolved target, and what is there. */
  | {readonly kind: 'link'; readonly target: string; readonly there: FoundSkill}
  | {readonly kind: 'folder'; readonly record: undefined}
  | {readonly kind: 'folder'; readonly record: SkillRecord; readonly files: Fingerprints}

/** A skill as a plugin contributes it. */
export interface ContributedSkill {
  readonly name: string
  readonly plugin: string
  /** Of the plugin. */
  readonly version: string
  readonly description: string
  /** Whether its plugin comes with the CLI. */
  readonly isOurs: boolean
  readonly allowedTools: readonly string[]
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly fingerprints: Fingerprints
}

const A_LINK = 'a symbolic link is in its place'

/** The state of an installed copy. */
export type SkillState = 'absent' | 'blocked' | 'current' | 'edited' | 'foreign' | 'outdated'

export interface Standing {
  readonly state: SkillState
  /** The edited files: paths in the folder. */
  readonly edited: readonly string[]
  /** Why it is blocked or foreign: a clause. */
  readonly why?: string
}

/**
 * @param skill - `undefined` where no plugin contributes it (any more), and where it is to be
 *   removed
 */
export function standingOf(
  found: FoundSkill,
  skill: Pick<ContributedSkill, 'fingerprints' | 'plugin' | 'version'> | undefined,
): Standing {
  if (found.kind === 'nothing') return {state: 'absent', edited: []}
  if (found.kind === 'in-the-way') return {state: 'blocked', edited: [], why: found.what}
  if (found.kind === 'link') {
    // A user who keeps one copy, with links to it, has it where hosts look. A link itself is not
    // ours.
    const isServed = skill !== undefined && standingOf(found.there, skill).state === 'current'
    return isServed ? {state: 'current', edited: []} : {state: 'blocked', edited: [], why: A_LINK}
  }
  if (found.record === undefined) {
    return {state: 'foreign', edited: [], why: 'mogplex did not install it'}
  }
  const {plugin, version, files} = found.record
  const edited = differences(files, found.files)
  if (edited.length > 0) return {state: 'edited', edited}
  if (skill === undefined) return {state: 'current', edited}
  if (skill.plugin !== plugin) {
    return {state: 'foreign', edited, why: `it was installed from ${plugin}`}
  }
  const isSame = skill.version === version && differences(skill.fingerprints, files).length === 0
  return {state: isSame ? 'current' : 'outdated', edited}
}
