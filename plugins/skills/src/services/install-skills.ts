import {MogplexError} from '@mogplex/plugin-kit'
import {UnknownSkillError} from '../domain/errors.js'
import type {SkillPlace} from '../domain/skill-hosts.js'
import {decideInstall, type SkillOutcome} from '../domain/skill-plan.js'
import {type ContributedSkill, type FoundSkill, standingOf} from '../domain/skill-standing.js'
import type {Contributions, UnusableSkill} from './contributed-skills.js'

/** How skills are installed or removed. */
export interface SkillsRequest {
  /** None means all. */
  readonly names: readonly string[]
  readonly force: boolean
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean
}

interface Ports {
  readonly contributions: Contributions
  readonly places: readonly SkillPlace[]
  readonly look: (place: SkillPlace, name: string) => {path: string; found: FoundSkill}
  readonly install: (path: string, skill: ContributedSkill, found: FoundSkill) => void
}

/**
 * Installs skills of the plugins in these places. What is in the way of one does not stop the others.
 *
 * @throws {UnknownSkillError} exit 2, before anything is done
 */
export function installSkills(
  {contributions, places, look, install}: Ports,
  {names, force, dryRun}: SkillsRequest,
): SkillOutcome[] {
  const {skills, unusable} = contributions
  const isWanted = ({name}: {name: string}) => names.length === 0 || names.includes(name)
  const all = [...skills, ...unusable]
  const unknown = names.find((name) => !all.some((skill) => skill.name === name))
  if (unknown !== undefined) throw new UnknownSkillError(unknown)
  const outcomes = skills.filter(isWanted).flatMap((skill) =>
    places.map((place): SkillOutcome => {
      const {path, found} = look(place, skill.name)
      const decision = decideInstall(standingOf(found, skill), force)
      const {name, plugin, version} = skill
      const {scope, readers} = place
      const outcome = {skill: name, plugin, version, scope, path, readers, ...decision}
      const isDone = decision.action === 'left' || decision.action === 'unchanged'
      if (dryRun || isDone) return outcome
      return attempt(outcome, () => install(path, skill, found))
    }),
  )
  // Who names a skill means the one that there is, not its namesake in another plugin.
  const isNamesake = ({name}: UnusableSkill) => names.length > 0 && skills.some(isCalled(name))
  const failed = unusable.filter((skill) => isWanted(skill) && !isNamesake(skill))
  return [...outcomes, ...failed.map(failureOf)]
}

function isCalled(name: string) {
  return (skill: {name: string}): boolean => skill.name === name
}

/** What goes wrong in one place is told, with the others. */
export function attempt(outcome: SkillOutcome, act: () => void): SkillOutcome {
  try {
    act()
    return outcome
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return {...outcome, action: 'failed', why: `${error.message} ${error.remedy}`}
  }
}

function failureOf({name, plugin, version, problems}: UnusableSkill): SkillOutcome {
  return {
    ...{skill: name, plugin, version, action: 'failed', scope: null, path: null, readers: []},
    why: problems.join('; '),
  }
}
