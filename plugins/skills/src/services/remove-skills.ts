import {UnknownSkillError} from '../domain/errors.js'
import type {SkillPlace} from '../domain/skill-hosts.js'
import {decideRemoval, type SkillOutcome} from '../domain/skill-plan.js'
import {type FoundSkill, standingOf} from '../domain/skill-standing.js'
import type {Contributions} from './contributed-skills.js'
import {attempt, type Look, type SkillsRequest} from './install-skills.js'

interface Ports {
  readonly contributions: Contributions
  readonly places: readonly SkillPlace[]
  readonly look: Look
  /** The skills in a place that are ours by their record, even when their plugin was removed. */
  readonly ours: (place: SkillPlace) => readonly string[]
  readonly remove: (path: string, found: FoundSkill) => void
}

/**
 * Removes skills that were installed here: all of them, or the named ones.
 *
 * @returns nothing for a place where there is nothing to remove
 * @throws {UnknownSkillError} exit 2, before anything is done
 */
export function removeSkills(ports: Ports, {names, force, dryRun}: SkillsRequest): SkillOutcome[] {
  const {contributions, places, look, ours, remove} = ports
  const {skills, unusable} = contributions
  const installed = new Set(places.flatMap(ours))
  const known = new Set([...installed, ...[...skills, ...unusable].map(({name}) => name)])
  const unknown = names.find((name) => !known.has(name))
  if (unknown !== undefined) throw new UnknownSkillError(unknown)
  const wanted = names.length === 0 ? [...installed].sort() : [...new Set(names)]
  return wanted.flatMap((name) =>
    places.flatMap((place): SkillOutcome[] => {
      const {path, found} = look(place, name)
      const decision = decideRemoval(standingOf(found, undefined), force)
      // A foreign copy is only relevant if it was named.
      const isOurs = ours(place).includes(name)
      if (decision.action === 'unchanged' || (!isOurs && names.length === 0)) return []
      const record = found.kind === 'folder' ? found.record : undefined
      const {scope, readers} = place
      const outcome = {
        skill: name,
        plugin: record?.plugin ?? null,
        version: record?.version ?? null,
        scope,
        path,
        readers,
        ...decision,
      }
      if (dryRun || decision.action === 'left') return [outcome]
      return [attempt(outcome, () => remove(path, found))]
    }),
  )
}
