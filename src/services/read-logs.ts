import type {LinePiece} from '../adapters/session-log/read-log.js'
import {NoSuchLogError} from '../domain/errors/logs.js'
import {UsageError} from '../domain/errors/usage.js'
import {type LoggedSession, loggedSession} from '../domain/log/logged-session.js'
import {printable} from '../domain/text/printable.js'
import {startOfSession} from '../domain/log/session-log.js'

export interface LogPorts {
  /** Of the sessions that have a log, oldest first. */
  readonly ids: () => readonly string[]
  readonly pathOf: (id: string) => string
  readonly edgesOf: (path: string) => {readonly first: string; readonly last: string}
  readonly linesOf: (path: string) => Iterable<LinePiece>
  readonly redact: (text: string) => string
}

/** The sessions that have a log, newest first. */
export function listLogs({ids, pathOf, edgesOf, redact}: LogPorts): LoggedSession[] {
  return ids()
    .toReversed()
    .flatMap((id) => {
      const {first, last} = edgesOf(pathOf(id))
      return loggedSession(id, redact(first), redact(last)) ?? []
    })
}

export interface ShownLog {
  readonly id: string
  readonly path: string
  /** Redacted by what is known now; `undefined` for one that is too long to be shown. */
  readonly lines: Iterable<string | undefined>
}

/**
 * The log of a session, the newest one where no id is given.
 *
 * @throws {UsageError} exit 2, when that can be no id; {NoSuchLogError} exit 1
 */
export function showLog(ports: LogPorts, id?: string): ShownLog {
  if (id !== undefined && startOfSession(id) === undefined) {
    throw new UsageError(
      `This is not the id of a session: ${printable(id, 100)}`,
      'Run `mogplex logs` to see which there are.',
    )
  }
  const ids = ports.ids()
  const found = id === undefined ? ids.at(-1) : ids.find((one) => one === id)
  if (found === undefined) throw new NoSuchLogError(id)
  const path = ports.pathOf(found)
  return {id: found, path, lines: shownLines(ports, path)}
}

function* shownLines(
  {linesOf, redact}: LogPorts,
  path: string,
): Generator<string | undefined, void> {
  for (const {text, toldBefore, isWhole} of linesOf(path)) {
    if (isWhole) yield redact(text)
    else if (toldBefore === 0) yield undefined
  }
}
