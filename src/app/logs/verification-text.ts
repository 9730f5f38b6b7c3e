import {counted} from '../../domain/text/counted.js'
import {printable} from '../../domain/text/printable.js'
import type {LeakyLine, Verification} from '../../services/verify-logs.js'
import type {Palette} from '../../terminal/palette.js'

const MAX_LINES = 20
const MEANS = {name: 'by its name', shape: 'by its looks', value: 'by its value'} as const

/** What was found in our files, and where; never the secrets themselves. */
export function verificationText(verification: Verification, palette: Palette): string {
  const copies = verification.copies.map(
    (name) =>
      `${printable(name, 100)} holds credentials, as auth.json does: remove it when you do not need it.`,
  )
  return [foundText(verification, palette), ...copies].join('\n')
}

function foundText({files, found, lines, searched}: Verification, palette: Palette): string {
  const where = `${counted(files, 'file')}${namesText(searched)}`
  if (found === 0) return `${palette.good('Nothing secret')} in ${where}.`
  const shown = lines.slice(0, MAX_LINES).map((line) => `  ${lineText(line)}`)
  const more = lines.length - shown.length
  return [
    `${palette.bad(counted(found, 'secret'))} in ${where}:`,
    ...shown,
    ...(more > 0 ? [`  and ${counted(more, 'more line')}`] : []),
    'Do not share these files: remove them.',
  ].join('\n')
}

/** There may be hundreds of logs. */
function namesText(searched: readonly string[]): string {
  const others = searched.filter((name) => !name.startsWith('logs'))
  const logs = searched.length - others.length
  const names = [
    ...others.map((name) => printable(name, 100)),
    ...(logs === 0 ? [] : [`${logs} in logs`]),
  ]
  return names.length === 0 ? '' : ` (${names.join(', ')})`
}

function lineText({file, line, kinds}: LeakyLine): string {
  const means = [...new Set(kinds)].map((kind) => MEANS[kind])
  return `${printable(file, 100)}, line ${line}: ${kinds.length}, found ${means.join(' and ')}`
}
