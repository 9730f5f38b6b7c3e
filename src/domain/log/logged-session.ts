import {instantOf} from '../text/instants.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {printable} from '../text/printable.js'
import {isProfileName} from '../profile/profile-name.js'
import {startOfSession} from './session-log.js'

/** A session as its log describes it. Texts are printable. */
export interface LoggedSession {
  readonly id: string
  readonly startedAt: Date
  /** As in `plugins install`; empty for bare `mogplex`. */
  readonly command: string
  /** The names of the given flags. */
  readonly flags: readonly string[]
  /** The profile in use, where it was not `default`. */
  readonly profile?: string
  /** How it ended; `undefined` while it runs, and when it was killed. */
  readonly exitCode: number | undefined
  readonly durationMs: number | undefined
}

/**
 * Reads the first and the last line of a log.
 *
 * @returns `undefined` when the id is not a session id
 */
export function loggedSession(id: string, first: string, last: string): LoggedSession | undefined {
  const startedAt = startOfSession(id)
  if (startedAt === undefined) return undefined
  const begin = asRecord(parseJson(first))
  const end = asRecord(parseJson(last))
  const hasEnded = end?.event === 'session.ended'
  const profile = asText(begin?.profile)
  return {
    id,
    startedAt: instantOf(begin?.time) ?? startedAt,
    command: printable(asText(begin?.command) ?? '', 60),
    flags: Array.isArray(begin?.flags)
      ? begin.flags.slice(0, 20).flatMap((flag: unknown) => printable(asText(flag) ?? '', 60) || [])
      : [],
    ...(isProfileName(profile) && {profile}),
    exitCode: hasEnded ? numberOf(end.exitCode) : undefined,
    durationMs: hasEnded ? numberOf(end.durationMs) : undefined,
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
