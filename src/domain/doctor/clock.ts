import {fine, type Finding, unknown, wrong} from './finding.js'

const MAX_MS = 5 * 60_000

/** The time in a server's answer, and ours when it arrived. */
export interface ServerTime {
  readonly headers: Readonly<Record<string, string>>
  readonly at: Date
}

/** Whether this machine's clock is right, as far as a server's `Date` (RFC 9110 §6.6.1) tells. */
export function clockFinding(told: readonly ServerTime[]): Finding {
  const offsets = told.flatMap(({headers, at}) => {
    const theirs = Date.parse(headers.date ?? '') + 1000 * ageOf(headers.age)
    return Number.isNaN(theirs) ? [] : [at.getTime() - theirs]
  })
  const [offset] = offsets.sort((a, b) => Math.abs(a) - Math.abs(b))
  if (offset === undefined) return unknown('clock', 'not compared: no server told the time')
  if (Math.abs(offset) <= MAX_MS) return fine('clock', 'right, compared with the server')
  const where = offset > 0 ? 'ahead of' : 'behind'
  return wrong(
    'clock',
    `the clock of this machine is ${lengthOf(Math.abs(offset))} ${where} the server's`,
    'Set the date and time of this machine, and have it keep them (NTP).',
  )
}

/** How long a cache has kept the answer (RFC 9111 §5.1), in seconds. */
function ageOf(age = ''): number {
  return /^\d{1,9}$/.test(age) ? Number(age) : 0
}

function lengthOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  if (minutes < 120) return `${minutes} minutes`
  return minutes < 48 * 60
    ? `${Math.round(minutes / 60)} hours`
    : `${Math.round(minutes / 1440)} days`
}
