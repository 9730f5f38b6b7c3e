import type {Session} from '@mogplex/plugin-kit'
import type {SkillAction, SkillOutcome} from './domain/skill-plan.js'

const NO_CHANGE: ReadonlySet<SkillAction> = new Set(['left', 'skipped', 'unchanged'])

/** Logs what was written to folders of hosts, or removed from them. */
export async function logChanges(
  session: Pick<Session, 'log'>,
  outcomes: readonly SkillOutcome[],
): Promise<void> {
  const changes = outcomes.filter(({action}) => !NO_CHANGE.has(action))
  for (const {action, skill, plugin, path, why} of changes) {
    await session.log('skill.changed', {action, skill, plugin, path, why})
  }
}
