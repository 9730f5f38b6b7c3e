import type {FindingState, ReportedFinding} from '../domain/doctor/finding.js'
import type {Palette} from '../terminal/palette.js'
import {wrap} from '../terminal/wrap.js'

const WIDEST_STATE = 'unknown'.length
const WIDEST_ID = 'certificate'.length
const LABEL_WIDTH = 2 + WIDEST_STATE + 2 + WIDEST_ID + 2
/** Below this width the text is placed under its label. */
const NARROW = 60

interface DisplayOptions {
  readonly palette: Palette
  /** Of the terminal; `undefined` for other readers: a finding is one line. */
  readonly columns: number | undefined
}

/** One finding on one line: the check, its result, and what repairs it. */
export function findingText(finding: ReportedFinding, display: DisplayOptions): string {
  const {id, state, what, remedy, mended} = finding
  const {palette} = display
  const done = mended.map((text) => row(palette.good(padded('mended')), id, text, display))
  const text = `${what}${remedyText(remedy, palette)}`
  return [...done, row(stateText(state, palette), id, text, display)].join('\n')
}

function row(state: string, id: string, text: string, {columns}: DisplayOptions): string {
  const label = `  ${state}  ${id.padEnd(WIDEST_ID)}  `
  const indentation = columns !== undefined && columns < NARROW ? 4 : LABEL_WIDTH
  const width = columns === undefined ? undefined : columns - indentation
  const below = `\n${' '.repeat(indentation)}`
  const lines = wrap(text, width).split('\n').join(below)
  return indentation === LABEL_WIDTH ? label + lines : label.trimEnd() + below + lines
}

/**
 * The last line: how many checks failed, and how many would be repaired.
 *
 * @param command - the command that repairs; `undefined` where it ran
 */
export function summaryText(
  findings: readonly ReportedFinding[],
  {command, palette}: {command: string | undefined; palette: Palette},
): string {
  const wrong = findings.filter(({state}) => state === 'wrong')
  const unknown = findings.filter(({state}) => state === 'unknown').length
  if (wrong.length + unknown === 0) return palette.good('All is well.')
  const fixable = wrong.filter((finding) => finding.fixable).length
  const counts = [
    ...(wrong.length === 0
      ? []
      : [`${wrong.length} ${wrong.length === 1 ? 'thing is' : 'things are'} wrong`]),
    ...(unknown === 0 ? [] : [`${unknown} could not be checked`]),
  ]
  const advice =
    command === undefined || fixable === 0
      ? ''
      : ` ${counted(fixable, wrong.length)} mended by  ${palette.command(command)}`
  return `${counts.join(', ')}.${advice}`
}

function counted(some: number, all: number): string {
  if (all === 1) return 'It is'
  return `${some} of them ${some === 1 ? 'is' : 'are'}`
}

function stateText(state: FindingState, palette: Palette): string {
  if (state === 'fine') return palette.good(padded(state))
  return state === 'wrong' ? palette.bad(padded(state)) : palette.faint(padded(state))
}

function padded(state: string): string {
  return state.padEnd(WIDEST_STATE)
}

function remedyText(remedy: string | null, palette: Palette): string {
  if (remedy === null) return ''
  return remedy.endsWith('.') ? `. ${remedy}` : `  ${palette.command(remedy)}`
}
