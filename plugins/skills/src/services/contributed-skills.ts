import type {SkillSource} from '../adapters/skill-folders/source.js'
import {declaredSkills} from '../domain/declared-skills.js'
import {asRecord} from '../domain/json.js'
import {fingerprintsOf} from '../domain/skill-record.js'
import type {ContributedSkill} from '../domain/skill-standing.js'

/** The type of the plugins that come with the CLI. */
const CORE = 'core'

/** An installed plugin, in oclif's form. */
export interface SkillPlugin {
  readonly name: string
  readonly version: string
  readonly root: string
  readonly type: string
  /** Its package.json, parsed. */
  readonly pjson: unknown
}

/** A declared skill that cannot be installed. */
export interface UnusableSkill {
  readonly name: string
  readonly plugin: string
  readonly version: string
  readonly isOurs: boolean
  /** Clauses. */
  readonly problems: readonly string[]
}

export interface Contributions {
  readonly skills: readonly ContributedSkill[]
  readonly unusable: readonly UnusableSkill[]
}

interface Ports {
  /** The folders of skills in a declared folder. */
  readonly foldersIn: (root: string, folder: string) => readonly string[]
  readonly readSource: (root: string, folder: string) => Promise<SkillSource>
}

/**
 * The skills of all plugins, from their declarations. Where two contribute the same name, the CLI's
 * own plugin has priority, otherwise the first one.
 */
export async function contributedSkills(
  plugins: readonly SkillPlugin[],
  {foldersIn, readSource}: Ports,
): Promise<Contributions> {
  const [skills, unusable]: [ContributedSkill[], UnusableSkill[]] = [[], []]
  const coreFirst = plugins.toSorted((a, b) => rank(a) - rank(b))
  for (const {name: plugin, version, root, pjson, type} of coreFirst) {
    const isOurs = type === CORE
    const {folders: declared, problems} = declaredSkills(asRecord(pjson)?.mogplex)
    if (problems.length > 0) unusable.push({name: plugin, plugin, version, isOurs, problems})
    for (const folder of new Set(declared.flatMap((folder) => foldersIn(root, folder)))) {
      const name = folder.slice(folder.lastIndexOf('/') + 1)
      const {problems, ...source} = await readSource(root, folder)
      const holder = skills.find((skill) => skill.name === name)
      const all = holder ? [...problems, `${holder.plugin} has that name already`] : problems
      if (all.length > 0) unusable.push({name, plugin, version, isOurs, problems: all})
      else {
        const fingerprints = fingerprintsOf(source.files)
        skills.push({name, plugin, version, isOurs, ...source, fingerprints})
      }
    }
  }
  return {skills, unusable}
}

function rank({type}: SkillPlugin): number {
  return type === CORE ? 0 : 1
}
