import {loginAmong, type StoredEntry} from '../../domain/auth-file/stored-entries.js'
import {fine, type Finding, unknown, wrong} from '../../domain/doctor/finding.js'
import {
  interruptionText,
  isAttemptOf,
  isInterrupted,
  type RefreshAttempt,
} from '../../domain/refresh/refresh-attempt.js'
import {isExpired} from '../../domain/refresh/expiry.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface RefreshProbePorts {
  /** The stored credentials; fails where they cannot be read. */
  readonly entries: () => readonly StoredEntry[]
  /** The note of a refresh whose tokens were not stored. */
  readonly attempt: () => RefreshAttempt | undefined
  readonly isRunning: (pid: number) => boolean
  readonly now: () => Date
}

const ID = 'refresh'
/** Longer than any refresh takes. */
const LONGEST_MS = 60_000

/** Whether a refresh of the login was interrupted, so that its token may be spent. */
export function refreshProbe(ports: RefreshProbePorts): Probe {
  return {id: ID, limitMs: LOCAL_LIMIT_MS, look: () => [look(ports)]}
}

function look({entries, attempt: read, isRunning, now}: RefreshProbePorts): Finding {
  const stored = entriesOr(entries)
  if (stored === undefined) return unknown(ID, 'not known: auth.json cannot be read')
  const [login, attempt] = [loginAmong(stored), read()]
  if (login === undefined || !isAttemptOf(attempt, login) || !isInterrupted(attempt)) {
    return fine(ID, 'no refresh was interrupted')
  }
  const isNew = now().getTime() - attempt.since.getTime() < LONGEST_MS
  if (attempt.failure === undefined && isNew && isRunning(attempt.pid)) {
    return fine(ID, `process ${attempt.pid} is refreshing the login`)
  }
  const then = isExpired(login, now())
    ? 'the next request tries once more'
    : 'the login is valid, and is renewed when due'
  return wrong(ID, `${interruptionText(attempt)}; ${then}`, 'mogplex whoami --verify')
}

function entriesOr(read: () => readonly StoredEntry[]): readonly StoredEntry[] | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
