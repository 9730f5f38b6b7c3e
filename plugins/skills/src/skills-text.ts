import {printable, table} from '@mogplex/plugin-kit'
import {wrapAnsi} from 'fast-wrap-ansi'
import {sep} from 'node:path'
import {styleText} from 'node:util'
import {fellShort, type SkillAction, type SkillOutcome} from './domain/skill-plan.js'
import type {InstalledCopy, ListedSkill} from './services/list-skills.js'

/** How texts are shown. */
interface DisplayOptions {
  readonly homeFolder: string
  /** Of the terminal; `undefined` for other readers. */
  readonly columns: number | undefined
  readonly color: boolean
}

const DONE: Readonly<Record<SkillAction, string>> = {
  failed: 'failed',
  installed: 'installed',
  left: 'left as it is',
  removed: 'removed',
  replaced: 'replaced',
  skipped: 'not installed',
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

/** How texts are shown on standard output. */
export function displayFor({home, argv}: {home: string; argv: readonly string[]}): DisplayOptions {
  const {stdout} = process
  if (!stdout.isTTY) return {homeFolder: home, columns: undefined, color: false}
  // A terminal's colour depth respects NO_COLOR and TERM=dumb.
  const color = !argv.includes('--no-color') && stdout.hasColors()
  return {homeFolder: home, columns: stdout.columns, color}
}

/** The contributed skills, and where they are installed. */
export function skillsText(skills: readonly ListedSkill[], display: DisplayOptions): string {
  if (skills.length === 0) return 'No installed plugin contributes a skill.'
  const usable = skills.filter(({problems}) => problems.length === 0)
  const columns = [
    {title: 'skill', cell: ({name}: ListedSkill) => name},
    {title: 'plugin', cell: ({plugin}: ListedSkill) => plugin},
    {title: 'version', cell: ({version}: ListedSkill) => version},
    {
      title: 'installed',
      cell: ({installed}: ListedSkill) => installedText(installed, display.homeFolder),
    },
  ]
  const body =
    usable.length === 0
      ? []
      : [table(usable, columns, {width: display.columns, color: display.color})]
  const troubles = skills
    .filter(({problems}) => problems.length > 0)
    .map(({name, plugin, problems}) => {
      const why = printable(problems.join('; '), 500)
      return wrap(`Not usable: ${printable(name)}, of ${printable(plugin)}: ${why}.`, 4, display)
    })
  return [...body, ...troubles].join('\n')
}

/**
 * The actions for skills, done or planned.
 *
 * @param nothing - the message when there was nothing to do
 */
export function skillOutcomesText(
  outcomes: readonly SkillOutcome[],
  dryRun: boolean,
  nothing: string,
  display: DisplayOptions,
): string {
  if (outcomes.length === 0) return nothing
  const names = [...new Set(outcomes.map(({skill}) => skill))]
  return names
    .flatMap((name) => {
      const own = outcomes.filter(({skill}) => skill === name)
      const from = own.find(({plugin}) => plugin !== null)
      const origin = from ? `, ${from.plugin ?? ''} ${from.version ?? ''}` : ''
      const tools = printable((own[0]?.allowedTools ?? []).join(', '), 500)
      const lines = [
        ...(tools === ''
          ? []
          : [['may use', `${tools}, without asking you, where the host grants it`]]),
        ...own.map((outcome) => [
          (dryRun ? WOULD_BE : DONE)[outcome.action],
          outcomeText(outcome, display.homeFolder),
        ]),
      ]
      const width = Math.max(...lines.map(([label = '']) => label.length)) + 4
      return [
        emphasised(printable(name), 'bold', display) +
          emphasised(printable(origin), 'dim', display),
        ...lines.map(([label = '', text = '']) =>
          wrap(`  ${label}`.padEnd(width) + text, width, display),
        ),
      ]
    })
    .join('\n')
}

/** What to do about skipped skills; `undefined` where none were, or force does not help. */
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

function emphasised(text: string, format: 'bold' | 'dim', {color}: DisplayOptions): string {
  return color ? styleText(format, text, {validateStream: false}) : text
}

/** With `~` for the home folder. */
function shortPath(path: string, homeFolder: string): string {
  return path.startsWith(homeFolder + sep) ? `~${path.slice(homeFolder.length)}` : path
}

/** Wraps a line between words; continuation lines are indented. */
function wrap(line: string, indent: number, {columns}: DisplayOptions): string {
  if (columns === undefined || line.length < columns) return line
  const [head, text] = [line.slice(0, indent), line.slice(indent)]
  const rows = wrapAnsi(text, Math.max(20, columns - 1 - indent)).split('\n')
  return head + rows.join(`\n${' '.repeat(indent)}`)
}
