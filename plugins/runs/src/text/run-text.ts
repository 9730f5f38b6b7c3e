import {paint} from '@mogplex/plugin-kit'
import {hasEnded, type Run} from '../domain/run.js'
import {agoText, durationText} from './duration.js'
import {statusTone} from './tones.js'

export interface RunDisplayOptions {
  readonly now: Date
  readonly color?: boolean | undefined
  /** The name of its repository, where known. */
  readonly repository: string | undefined
  /** The site root. */
  readonly site: string
  /** How to attach to it: a command, or in the app a slash command. */
  readonly attach: string
  /** The key with which it was started. */
  readonly key?: string
}

/** A run, one fact per line, with its address and how to follow it. */
export function runText(run: Run, display: RunDisplayOptions): string {
  const {now, repository, site, attach} = display
  const color = {color: display.color}
  const {id, harness, repoId, rootDirectory, createdAt, error} = run
  const rows: readonly (readonly [label: string, text: string])[] = [
    ['status', statusText(run, display)],
    ['repository', repository ?? repoId],
    ['branch', branchText(run)],
    ['folder', rootDirectory],
    ['harness', harness],
    ['started', agoText(createdAt, now)],
    ['error', error === '' ? '' : paint(error, 'bad', color)],
    ['address', `${site}/api/v1/mogplex/runs/${id}`],
    ['key', display.key ?? ''],
    [hasEnded(run) ? 'look' : 'follow', `${attach} ${id}`],
  ]
  const shown = rows.filter(([, text]) => text !== '')
  const width = Math.max(...shown.map(([label]) => label.length))
  return [
    paint(`Run ${id}`, 'strong', color),
    ...shown.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`),
  ].join('\n')
}

/** `success after 2m 13s`, `streaming for 12s`. */
export function statusText(
  run: Run,
  {now, ...color}: {readonly now: Date; readonly color?: boolean | undefined},
): string {
  const {status, createdAt, updatedAt} = run
  const tone = statusTone(status)
  const word = tone === undefined ? status : paint(status, tone, color)
  if (createdAt === undefined) return word
  const took = (until: Date): string => durationText(until.getTime() - createdAt.getTime())
  if (!hasEnded(run)) return `${word} for ${took(now)}`
  return updatedAt === undefined ? word : `${word} after ${took(updatedAt)}`
}

function branchText({base, working}: Run): string {
  if (working === '') return base
  return base === '' || base === working ? working : `${working} from ${base}`
}
