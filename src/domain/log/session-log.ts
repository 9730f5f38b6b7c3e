import {type Environment, valueOf} from '../settings/environment.js'
import {instantForFileName} from '../text/instants.js'

/** Levels of records; a log contains those of its own level and of the levels before it. */
const LEVELS = ['error', 'info', 'debug'] as const

export type LogLevel = (typeof LEVELS)[number]

/** The events of a session; docs/session-logs.md lists them with their fields. */
export type LogEvent =
  | 'attach.ended'
  | 'attach.started'
  | 'crash'
  | 'credential.resolved'
  | 'error'
  | 'file.written'
  | 'hosted.synced'
  | 'http.failed'
  | 'http.request'
  | 'http.response'
  | 'log.full'
  | 'login.authorization'
  | 'login.completed'
  | 'login.failed'
  | 'login.started'
  | 'logout.completed'
  | 'prompt.ended'
  | `plugin.${string}`
  | 'refresh.completed'
  | 'refresh.failed'
  | 'refresh.started'
  | 'run.cancelled'
  | 'session.ended'
  | 'session.started'

/** The fields of a record besides its event. Must be JSON; `undefined` is left out. */
export type LogFields = Readonly<Record<string, unknown>>

export interface LogRecord {
  readonly time: Date
  readonly level: LogLevel
  readonly event: LogEvent
  readonly fields: LogFields
}

/** One line for a record, not yet redacted, without a line end. */
export function logLine(session: string, {time, level, event, fields}: LogRecord): string {
  return JSON.stringify({time: time.toISOString(), level, event, session, ...fields})
}

/**
 * Which records are wanted, by `MOGPLEX_LOG_LEVEL`: `info` when it is unset or invalid; `undefined`
 * for `off`.
 */
export function logLevelOf(env: Environment): LogLevel | undefined {
  const value = valueOf(env, 'MOGPLEX_LOG_LEVEL')?.toLowerCase()
  if (value === 'off') return undefined
  return LEVELS.find((level) => level === value) ?? 'info'
}

export function isWanted(level: LogLevel, wanted: LogLevel): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(wanted)
}

/**
 * The id of a session, which names its log: ids sort in the order of the sessions.
 *
 * @param nonce - distinguishes sessions of the same millisecond: lower-case letters and digits
 */
export function sessionIdOf(start: Date, nonce: string): string {
  return `${instantForFileName(start)}-${nonce}`
}

/** An id as {@link sessionIdOf} makes it. */
const SESSION_ID = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z-[a-z0-9]{4,16}$/

/** When a session began, or `undefined` when it is not a session id. */
export function startOfSession(id: string): Date | undefined {
  if (!SESSION_ID.test(id)) return undefined
  const [day = '', time = ''] = id.split('T')
  const [hours, minutes, seconds, rest = ''] = time.split('-')
  const start = new Date(`${day}T${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}.${rest}`)
  return Number.isNaN(start.getTime()) ? undefined : start
}

const MAX_SESSIONS = 200
const LONGEST_MS = 30 * 24 * 60 * 60 * 1000

/**
 * Sessions whose logs are deleted when a new one begins: older than 30 days, or not among the last
 * 200.
 */
export function outdatedSessions(ids: readonly string[], now: Date): string[] {
  const newestFirst = ids.filter((id) => SESSION_ID.test(id)).sort((a, b) => (a < b ? 1 : -1))
  return newestFirst.filter((id, index) => {
    const start = startOfSession(id)
    if (start === undefined || index >= MAX_SESSIONS - 1) return true
    return now.getTime() - start.getTime() > LONGEST_MS
  })
}
