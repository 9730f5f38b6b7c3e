import {MogplexError} from '@mogplex/plugin-kit'
import {UnknownSkillError} from '../domain/errors.js'
import type {SkillPlace} from '../domain/skill-hosts.js'
import {type Decision, decideInstall, fellShort, type SkillOutcome} from '../domain/skill-plan.js'
import {type ContributedSkill, type FoundSkill, standingOf} from '../domain/skill-standing.js'
import type {Contributions, UnusableSkill} from './contributed-skills.js'

/** How skills are installed or removed. */
export interface SkillsRequest {
  /** None means all. */
  readonly names: readonly string[]
  readonly force: boolean
  /** Only report what would be done. */
  readonly dryRun: boolean
}

/** @returns `real` is `path` with links in its parent folders resolved */
export type Look = (
  place: SkillPlace,
  name: string,
) => {readonly path: string; readonly real: string; readonly found: FoundSkill}

interface Ports {
  readonly contributions: Contributions
  readonly places: readonly SkillPlace[]
  readonly look: Look
  readonly install: (path: string, skill: ContributedSkill, found: FoundSkill) => void
}

/**
 * Installs skills of the plugins in these places: the named ones, or by default those of our
 * plugins. Instructions of foreign plugins for agents are installed only by name, and otherwise
 * only reported. A problem with one skill does not stop the others.
 *
 * @throws {UnknownSkillError} exit 2, before anything is done
 */
export function installSkills(ports: Ports, request: SkillsRequest): SkillOutcome[] {
  const {skills, unusable} = ports.contributions
  const {names} = request
  const isWanted = ({name, isOurs}: {name: string; isOurs: boolean}) =>
    names.length === 0 ? isOurs : names.includes(name)
  const all = [...skills, ...unusable]
  const unknown = names.find((name) => !all.some((skill) => skill.name === name))
  if (unknown !== undefined) throw new UnknownSkillError(unknown)
  const outcomes = skills
    .filter(isWanted)
    .flatMap((skill) => installEverywhere(skill, ports, request))
  // A named skill means the available one, not its namesake in another plugin.
  const isNamesake = ({name}: UnusableSkill) => names.length > 0 && skills.some(isCalled(name))
  const failed = unusable.filter((skill) => isWanted(skill) && !isNamesake(skill))
  const done = [...outcomes, ...failed.map((skill) => unusableOutcome(skill, 'failed'))]
  if (names.length > 0) return done
  return [
    ...done,
    ...skills.filter(({isOurs}) => !isOurs).flatMap((skill) => skipped(skill, ports)),
    ...unusable.filter(({isOurs}) => !isOurs).map((skill) => unusableOutcome(skill, 'skipped')),
  ]
}

/** An installed skill needs no hint about how to install it. */
function skipped(skill: ContributedSkill, {places, look}: Ports): SkillOutcome[] {
  const {name, plugin, version, allowedTools} = skill
  const isThere = places.every(
    (place) => standingOf(look(place, name).found, skill).state === 'current',
  )
  if (isThere) return []
  const why = `it is not one of mogplex; \`mogplex skills install ${name}\` installs it`
  return [
    {
      skill: name,
      plugin,
      version,
      action: 'skipped',
      scope: null,
      path: null,
      readers: [],
      allowedTools,
      why,
    },
  ]
}

/** Links come last: their targets may be installed by then. */
function installEverywhere(
  skill: ContributedSkill,
  {places, look, install}: Ports,
  {force, dryRun}: SkillsRequest,
): SkillOutcome[] {
  const {name, plugin, version, allowedTools} = skill
  const looked = places.map((place) => ({...place, ...look(place, name)}))
  const links = looked.filter(({found}) => found.kind === 'link')
  const upToDate = new Set<string>()
  return [...looked.filter((each) => !links.includes(each)), ...links].map(
    ({scope, readers, path, real, found}) => {
      const isServed = found.kind === 'link' && upToDate.has(found.target)
      const decision: Decision = isServed
        ? {action: 'unchanged'}
        : decideInstall(standingOf(found, skill), force)
      const planned: SkillOutcome = {
        skill: name,
        plugin,
        version,
        scope,
        path,
        readers,
        allowedTools,
        ...decision,
      }
      const isDone = decision.action === 'left' || decision.action === 'unchanged'
      const outcome =
        dryRun || isDone ? planned : attempt(planned, () => install(path, skill, found))
      if (!fellShort(outcome)) upToDate.add(real)
      return outcome
    },
  )
}

function isCalled(name: string) {
  return (skill: {name: string}): boolean => skill.name === name
}

/** A failure in one place is reported with the other results. */
export function attempt(outcome: SkillOutcome, act: () => void): SkillOutcome {
  try {
    act()
    return outcome
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return {...outcome, action: 'failed', why: `${error.message} ${error.remedy}`}
  }
}

function unusableOutcome(
  {name, plugin, version, problems}: UnusableSkill,
  action: 'failed' | 'skipped',
): SkillOutcome {
  const nowhere = {scope: null, path: null, readers: []}
  return {skill: name, plugin, version, action, ...nowhere, why: problems.join('; ')}
}
