import type {SkillPlace, SkillScope} from '../domain/skill-hosts.js'
import type {SkillRecord} from '../domain/skill-record.js'
import {
  type ContributedSkill,
  type FoundSkill,
  type SkillState,
  standingOf,
} from '../domain/skill-standing.js'
import type {Contributions} from './contributed-skills.js'
import type {Look} from './install-skills.js'

/** A copy of a skill in a host's folder. */
export interface InstalledCopy {
  readonly scope: SkillScope
  readonly path: string
  readonly readers: readonly string[]
  readonly state: SkillState
  /** The plugin that it was installed from; `null` where mogplex did not install it. */
  readonly version: string | null
  /** The edited files: paths in the folder. */
  readonly edited: readonly string[]
}

/** A skill that an installed plugin contributes. */
export interface ListedSkill {
  readonly name: string
  readonly plugin: string
  readonly version: string
  readonly description: string | null
  /** The tools that it asks hosts to allow without asking. */
  readonly allowedTools: readonly string[]
  readonly installed: readonly InstalledCopy[]
  /** Why it cannot be installed: clauses. */
  readonly problems: readonly string[]
}

interface Ports {
  readonly contributions: Contributions
  /** Every folder that a host reads. */
  readonly places: readonly SkillPlace[]
  readonly look: Look
}

/** Lists what the plugins contribute, and where it is installed, unchanged or not. */
export function listSkills({contributions, places, look}: Ports): ListedSkill[] {
  const {skills, unusable} = contributions
  return [
    ...skills.map((skill) => {
      const {name, plugin, version, description, allowedTools} = skill
      const installed = copiesOf(skill, places, look)
      return {name, plugin, version, description, allowedTools, problems: [], installed}
    }),
    ...unusable.map(({name, plugin, version, problems}) => ({
      name,
      plugin,
      version,
      description: null,
      allowedTools: [],
      problems,
      installed: [],
    })),
  ]
}

function copiesOf(
  skill: ContributedSkill,
  places: readonly SkillPlace[],
  look: Ports['look'],
): InstalledCopy[] {
  return places.flatMap((place) => {
    const {path, found} = look(place, skill.name)
    const {state, edited} = standingOf(found, skill)
    if (state === 'absent' || state === 'blocked') return []
    const version = recordOf(found)?.version ?? null
    return [{scope: place.scope, path, readers: place.readers, state, version, edited}]
  })
}

function recordOf(found: FoundSkill): SkillRecord | undefined {
  if (found.kind === 'link') return recordOf(found.there)
  return found.kind === 'folder' ? found.record : undefined
}
