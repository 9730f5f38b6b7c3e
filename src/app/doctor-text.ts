import type {FindingState, ReportedFinding} from '../domain/doctor/finding.js'
import type {Palette} from '../terminal/palette.js'

const WIDEST_ID = 'certificate'.length

/** One finding on one line: what was looked at, fine or what is wrong, and what mends it. */
export function findingText(finding: ReportedFinding, palette: Palette): string {
  const {id, state, what, remedy, mended} = finding
  const line = `  ${stateText(state, palette)}  ${id.padEnd(WIDEST_ID)}  ${what}${remedyText(remedy, palette)}`
  return [...mended.map((done) => mendedText(id, done, palette)), line].join('\n')
}

/** The last line: how many are not fine, and what `--fix` would do. */
export function summaryText(
  findings: readonly ReportedFinding[],
  {isFixing, command, palette}: {isFixing: boolean; command: string; palette: Palette},
): string {
  const wrong = findings.filter(({state}) => state === 'wrong')
  const unknown = findings.filter(({state}) => state === 'unknown').length
  if (wrong.length + unknown === 0) return palette.good('All is well.')
  const fixable = isFixing ? 0 : wrong.filter((finding) => finding.fixable).length
  const counts = [
    ...(wrong.length === 0
      ? []
      : [`${wrong.length} ${wrong.length === 1 ? 'thing is' : 'things are'} wrong`]),
    ...(unknown === 0 ? [] : [`${unknown} could not be looked at`]),
  ]
  const advice =
    fixable === 0 ? '' : ` ${counted(fixable, wrong.length)} mended by  ${palette.command(command)}`
  return `${counts.join(', ')}.${advice}`
}

function counted(some: number, all: number): string {
  if (all === 1) return 'It is'
  return `${some} of them ${some === 1 ? 'is' : 'are'}`
}

function stateText(state: FindingState, palette: Palette): string {
  const padded = state.padEnd('unknown'.length)
  if (state === 'fine') return palette.good(padded)
  return state === 'wrong' ? palette.bad(padded) : palette.faint(padded)
}

function mendedText(id: string, done: string, palette: Palette): string {
  return `  ${palette.good('mended')}   ${id.padEnd(WIDEST_ID)}  ${done}`
}

function remedyText(remedy: string | null, palette: Palette): string {
  if (remedy === null) return ''
  return remedy.endsWith('.') ? `. ${remedy}` : `  ${palette.command(remedy)}`
}
