import {printable} from '../domain/text/printable.js'
import {fellShort, type SkillAction, type SkillOutcome} from '../domain/skills/skill-plan.js'
import type {InstalledCopy, ListedSkill} from '../services/list-skills.js'
import type {ListShowing} from './hosted-text.js'
import {shortPath} from './names.js'
import {rows} from '../terminal/rows.js'
import {type Column, table} from '../terminal/table.js'
import {wrap} from '../terminal/wrap.js'

const DONE: Readonly<Record<SkillAction, string>> = {
  failed: 'failed',
  installed: 'installed',
  left: 'left as it is',
  removed: 'removed',
  replaced: 'replaced',
  unchanged: 'up to date',
  updated: 'updated',
}

const WOULD_BE: Readonly<Record<SkillAction, string>> = {
  ...DONE,
  installed: 'would be installed',
  left: 'would be left as it is',
  removed: 'would be removed',
  replaced: 'would be replaced',
  updated: 'would be updated',
}

/** What the plugins contribute, and where it is installed. */
export function skillsText(skills: readonly ListedSkill[], showing: ListShowing): string {
  if (skills.length === 0) return 'No installed plugin contributes a skill.'
  const columns: readonly Column<ListedSkill>[] = [
    {title: 'skill', cell: ({name}) => printable(name)},
    {title: 'plugin', cell: ({plugin}) => printable(plugin)},
    {title: 'version', cell: ({version}) => printable(version)},
    {title: 'installed', cell: ({installed}) => installedText(installed, showing.homeFolder)},
  ]
  const usable = skills.filter(({problems}) => problems.length === 0)
  const body = usable.length === 0 ? [] : [table(usable, columns, showing)]
  const troubles = skills
    .filter(({problems}) => problems.length > 0)
    .map(({name, plugin, problems}) => {
      const why = printable(problems.join('; '), 500)
      return wrap(
        `Not usable: ${printable(name)}, of ${printable(plugin)}: ${why}.`,
        showing.columns,
      )
    })
  return [...body, ...troubles].join('\n')
}

/**
 * What was done about skills, or would be.
 *
 * @param nothing - what to say when there was nothing to do
 */
export function skillOutcomesText(
  outcomes: readonly SkillOutcome[],
  dryRun: boolean,
  nothing: string,
  {palette, homeFolder, columns}: ListShowing,
): string {
  if (outcomes.length === 0) return nothing
  const names = [...new Set(outcomes.map(({skill}) => skill))]
  return names
    .flatMap((name) => {
      const own = outcomes.filter(({skill}) => skill === name)
      const from = own.find(({plugin}) => plugin !== null)
      const origin = from ? `, ${from.plugin ?? ''} ${from.version ?? ''}` : ''
      const lines = rows(
        own.map((outcome) => [
          (dryRun ? WOULD_BE : DONE)[outcome.action],
          outcomeText(outcome, homeFolder),
        ]),
      )
      return [
        palette.strong(printable(name)) + palette.faint(printable(origin)),
        ...lines.map((line) => wrap(line, columns)),
      ]
    })
    .join('\n')
}

/** What to do about what was left; `undefined` where nothing was, or force is no help. */
export function forceAdvice(outcomes: readonly SkillOutcome[], verb: string): string | undefined {
  if (!outcomes.some(fellShort)) return undefined
  const isLeft = outcomes.some(({action}) => action === 'left')
  return isLeft ? `What was left stays as it is; --force ${verb} it.` : undefined
}

function installedText(copies: readonly InstalledCopy[], homeFolder: string): string {
  if (copies.length === 0) return 'nowhere'
  return copies.map((copy) => copyText(copy, homeFolder)).join(', ')
}

function copyText({path, state}: InstalledCopy, homeFolder: string): string {
  const where = printable(shortPath(path, homeFolder))
  const notes: Partial<Record<InstalledCopy['state'], string>> = {
    edited: ' (edited)',
    foreign: ' (not by mogplex)',
    outdated: ' (outdated)',
  }
  return where + (notes[state] ?? '')
}

function outcomeText({path, readers, why}: SkillOutcome, homeFolder: string): string {
  const where = path === null ? [] : [printable(shortPath(path, homeFolder))]
  const whom = readers.length === 0 ? [] : [`for ${readers.join(', ')}`]
  const place = [...where, ...whom].join(', ')
  const reason = why === undefined ? [] : [printable(why, 500)]
  return [...(place === '' ? [] : [place]), ...reason].join(': ')
}
