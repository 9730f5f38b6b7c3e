import type {LinePiece} from '../adapters/session-log/read-log.js'
import {NoSuchLogError} from '../domain/errors/logs.js'
import {UsageError} from '../domain/errors/usage.js'
import {type LoggedSession, loggedSession} from '../domain/log/logged-session.js'
import {printable} from '../domain/text/printable.js'
import {startOfSession} from '../domain/log/session-log.js'

const MAX_NAMED = 10

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
  /** Redacted with all secrets known now; `undefined` for a line that is too long to show. */
  readonly lines: Iterable<string | undefined>
}

/**
 * The log of a session, by default the newest one.
 *
 * @param wanted - its id, or any unique part of it
 * @throws {UsageError} exit 2, when that matches no id, or several; {NoSuchLogError} exit 1
 */
export function showLog(ports: LogPorts, wanted?: string): ShownLog {
  const id = idOf(ports.ids(), wanted)
  const path = ports.pathOf(id)
  return {id, path, lines: shownLines(ports, path)}
}

function idOf(ids: readonly string[], wanted: string | undefined): string {
  const newestFirst = ids.toReversed()
  const meant = wanted === undefined ? newestFirst.slice(0, 1) : matching(newestFirst, wanted)
  const [id] = meant
  if (id === undefined) {
    if (wanted === undefined || startOfSession(wanted) !== undefined)
      throw new NoSuchLogError(wanted)
    throw new UsageError(
      `This is not the id of a session, nor a part of one: ${printable(wanted, 100)}`,
      'Run `mogplex logs` to list them.',
    )
  }
  if (meant.length > 1) {
    const more = meant.length - MAX_NAMED
    const named = [...meant.slice(0, MAX_NAMED), ...(more > 0 ? [`and ${more} more`] : [])]
    throw new UsageError(
      `${meant.length} sessions have that in their id:\n${named.map((one) => `  ${one}`).join('\n')}`,
      'Give more of the id.',
    )
  }
  return id
}

function matching(ids: readonly string[], part: string): readonly string[] {
  if (part === '') return []
  return ids.includes(part) ? [part] : ids.filter((id) => id.includes(part))
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
