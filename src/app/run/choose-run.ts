import {UsageError} from '../../domain/errors/usage.js'
import type {AttachedRun} from '../../domain/run/attached-runs.js'
import type {MenuChoice} from '../../terminal/menu.js'
import {when} from '../when.js'

export const WHICH_RUN = 'Which run?'

/** The runs that were attached to before, to choose from. */
export function runChoices(runs: readonly AttachedRun[], now: Date): MenuChoice<AttachedRun>[] {
  return runs.map((run) => ({
    value: run,
    name: [run.id, run.branch, when(run.at, now)].filter((part) => part !== '').join('  '),
  }))
}

/** Filters by a part of its id or of its branch. */
export function isRunMeant({id, branch}: AttachedRun, typed: string): boolean {
  return `${id} ${branch}`.toLowerCase().includes(typed.trim().toLowerCase())
}

/** No run is given, and none is known to choose from. */
export function noRunToChoose(remedy: string): UsageError {
  return new UsageError('No run is named, and you have not attached to one before.', remedy)
}
