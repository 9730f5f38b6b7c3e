import {printable} from '@mogplex/plugin-kit'
import type {SkillScope} from './skill-hosts.js'
import type {SkillState, Standing} from './skill-standing.js'

export type SkillAction =
  'failed' | 'installed' | 'left' | 'removed' | 'replaced' | 'skipped' | 'unchanged' | 'updated'

/** The action for a skill in one place, done or planned. */
export interface SkillOutcome {
  readonly skill: string
  readonly plugin: string | null
  readonly version: string | null
  readonly action: SkillAction
  readonly scope: SkillScope | null
  /** The skill's own folder; `null` where the skill itself is invalid. */
  readonly path: string | null
  readonly readers: readonly string[]
  /** The tools that it asks hosts to allow without asking; only for an install. */
  readonly allowedTools?: readonly string[]
  /** Why it was left, skipped, or failed: a clause. */
  readonly why?: string
}

export interface Decision {
  readonly action: SkillAction
  readonly why?: string
}

const INSTALLS: Readonly<Record<Exclude<SkillState, 'blocked' | 'edited' | 'foreign'>, Decision>> =
  {
    absent: {action: 'installed'},
    current: {action: 'unchanged'},
    outdated: {action: 'updated'},
  }

/** An edited copy, or a foreign one, is replaced only with force. */
export function decideInstall(standing: Standing, force: boolean): Decision {
  const {state} = standing
  if (state === 'blocked') return left(standing)
  if (state === 'edited' || state === 'foreign') {
    return force ? {action: 'replaced'} : left(standing)
  }
  return INSTALLS[state]
}

/** An edited copy, or a foreign one, is removed only with force. */
export function decideRemoval(standing: Standing, force: boolean): Decision {
  const {state} = standing
  if (state === 'absent') return {action: 'unchanged', why: 'it is not installed'}
  if (state === 'blocked') return left(standing)
  if (state === 'edited' || state === 'foreign') return force ? {action: 'removed'} : left(standing)
  return {action: 'removed'}
}

/** Whether a requested action was not done. */
export function fellShort({action}: Pick<SkillOutcome, 'action'>): boolean {
  return action === 'left' || action === 'failed'
}

function left({edited, why}: Standing): Decision {
  if (why !== undefined) return {action: 'left', why}
  return {action: 'left', why: `${list(edited)} ${edited.length === 1 ? 'was' : 'were'} edited`}
}

function list(paths: readonly string[]): string {
  const [first = '', ...others] = paths.map((path) => printable(path))
  if (others.length === 0) return first
  return others.length === 1
    ? `${first} and ${others.join('')}`
    : `${first} and ${others.length} more`
}
