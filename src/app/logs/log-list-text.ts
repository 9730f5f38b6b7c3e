import {DEFAULT_PROFILE} from '../../domain/profile/profile-name.js'
import type {LoggedSession} from '../../domain/log/logged-session.js'
import type {ListDisplayOptions} from '../hosted-text.js'
import {type Column, table} from '../../terminal/table.js'
import {clock, when} from '../when.js'

const PROFILE: Column<LoggedSession> = {
  title: 'profile',
  cell: ({profile = DEFAULT_PROFILE}) => profile,
}

/** The sessions that have a log, for people. */
export function logListText(
  sessions: readonly LoggedSession[],
  display: ListDisplayOptions,
): string {
  if (sessions.length === 0) return 'No session has a log yet.'
  const {palette, columns, now} = display
  const all: readonly Column<LoggedSession>[] = [
    {title: 'session', cell: ({id}) => id},
    {title: 'when', cell: ({startedAt}) => whenText(startedAt, now)},
    ...(sessions.some(({profile}) => profile !== undefined) ? [PROFILE] : []),
    {title: 'command', cell: commandText, shrinks: true},
    {title: 'outcome', cell: outcomeText},
  ]
  return table(sessions, all, {palette, columns})
}

/** The command line, without anything that may be secret. */
function commandText({command, flags}: Pick<LoggedSession, 'command' | 'flags'>): string {
  return ['mogplex', command, ...flags].filter((word) => word !== '').join(' ')
}

function outcomeText({exitCode}: Pick<LoggedSession, 'exitCode'>): string {
  if (exitCode === undefined) return 'running, or killed'
  return exitCode === 0 ? 'done' : `exit code ${exitCode}`
}

/** For programs: one object per line. */
export function logReport({id, startedAt, command, flags, ...rest}: LoggedSession): object {
  const {profile = DEFAULT_PROFILE, exitCode = null, durationMs = null} = rest
  return {id, startedAt: startedAt.toISOString(), profile, command, flags, exitCode, durationMs}
}

function whenText(instant: Date, now: Date): string {
  const day = when(instant, now)
  const time = clock(instant).slice(0, 5)
  return day === time ? day : `${day}, ${time}`
}
