import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {type Account, accountWord} from '../../domain/credential/credential.js'
import type {RunUpdate} from '../../domain/run/run-source.js'
import {outcomeOf, type Run} from '../../domain/run/run.js'
import type {Palette} from '../../terminal/palette.js'
import {rows} from '../../terminal/rows.js'
import {timeOfDay, when} from '../when.js'

/** The headline of a run. */
export function runText(
  run: Run,
  repository: string | undefined,
  {palette, now}: {readonly palette: Palette; readonly now: Date},
): string {
  const {branch, harness, repoId, createdAt} = run
  const from = branch.base === '' || branch.base === branch.working ? '' : ` from ${branch.base}`
  const entries = [
    ['status', statusText(run, palette)],
    ['started', createdAt === undefined ? '' : when(createdAt, now)],
    ['harness', harness],
    ['repository', repository ?? repoId],
    ['branch', branch.working === '' ? branch.base : `${branch.working}${from}`],
  ] as const
  return [
    palette.strong(`Run ${run.runId}`),
    ...rows(entries.filter(([, text]) => text !== '')),
  ].join('\n')
}

export function statusText({status}: Run, palette: Palette): string {
  if (status === 'success') return palette.good(status)
  return status === 'failed' || status === 'cancelled' ? palette.bad(status) : status
}

/** How it ended, how long it took, and why it failed. */
export function outcomeText(run: Run, palette: Palette): string {
  const {createdAt, updatedAt, error} = run
  const took =
    createdAt === undefined || updatedAt === undefined || updatedAt < createdAt
      ? ''
      : ` after ${durationText(updatedAt.getTime() - createdAt.getTime())}`
  const why = error === null || outcomeOf(run) === 'success' ? '' : `: ${error}`
  return `${palette.strong('Run ended:')} ${statusText(run, palette)}${took}${why}`
}

/** Says that the service shows no more events, whatever happens later. */
export function windowText(shown: number): string {
  return `The service shows only the first ${shown} events of a run: later ones may be missing here, but not how it ends.`
}

/**
 * Says that the service is temporarily unreachable. @param retryMs - where no countdown is shown
 */
export function troubleText({message}: MogplexError, retryMs?: number): string {
  const next = retryMs === undefined ? '' : `, ${nextTryText(retryMs)}`
  return `${message} Still trying${next}; the run goes on.`
}

export function nextTryText(waitMs: number): string {
  return `next in ${durationText(Math.max(1000, waitMs))}`
}

/** Says that the sign-in has ended, what helps, and until when. */
export function signedOutText({
  error,
  account,
  until,
}: Extract<RunUpdate, {type: 'signed-out'}>): string {
  const who = accountWord(account)
  const as = who === undefined ? '' : ` as ${who}`
  return `${error.message}\nRun \`mogplex login\` in another terminal${as}: this one waits for it until ${timeOfDay(until)}, and then goes on by itself.`
}

export function signedInText(account: Account | undefined): string {
  return `Signed in again${account === undefined ? '' : ` as ${accountWord(account) ?? account.id}`}.`
}

export const BACK = 'The service answers again.'

/** `7s`, `2m 13s`, `1h 02m`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (hours > 0) return `${hours}h ${String(minutes).padStart(2, '0')}m`
  return seconds < 60 ? `${seconds}s` : `${minutes}m ${String(seconds % 60).padStart(2, '0')}s`
}
