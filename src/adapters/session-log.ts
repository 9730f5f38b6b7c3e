// The rules that a session log keeps: every line passes the redactor as a whole, the last thing
// before it is written; a line is one synchronous append, so that a process that is killed loses at
// most the line in flight; and whatever goes wrong with a log, no command fails for it.
import {fchmodSync, openSync, readdirSync, rmSync, writeSync} from 'node:fs'
import {join} from 'node:path'
import {parseJson} from '../domain/json.js'
import {logLine, type LogRecord, outdatedSessions} from '../domain/session-log.js'
import type {FileWriter} from './auth-file.js'

const FILE_MODE = 0o600
const ENDING = '.jsonl'

export interface SessionLogOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  /** The id of the session. */
  readonly id: string
  readonly redact: (text: string) => string
  readonly ensureFolder: FileWriter['ensureFolder']
}

/** `logs/<session-id>.jsonl`: made with the first record, for its owner alone (mode 0600). */
export class SessionLog {
  readonly path: string
  readonly #options: SessionLogOptions
  #file: number | 'closed' | undefined

  constructor(options: SessionLogOptions) {
    this.#options = options
    this.path = join(logsFolder(options.home), `${options.id}${ENDING}`)
  }

  /** Whether there is a file, or could be one. */
  get isWritable(): boolean {
    return this.#file !== 'closed'
  }

  /** Appends a record. Never throws: after a failure the log ends where it is. */
  append(record: LogRecord): void {
    if (this.#file === 'closed') return
    try {
      this.#file ??= this.#open(record.time)
      const bytes = Buffer.from(`${this.#redacted(record)}\n`)
      const written = writeSync(this.#file, bytes)
      if (written < bytes.length) this.#file = 'closed'
    } catch {
      this.#file = 'closed'
    }
  }

  /** A line that is JSON still; where it is not, only what no redaction can have touched. */
  #redacted(record: LogRecord): string {
    const {id, redact} = this.#options
    const line = redact(logLine(id, record))
    return parseJson(line) === undefined ? logLine(id, {...record, fields: {redacted: true}}) : line
  }

  #open(now: Date): number {
    const {home, ensureFolder} = this.#options
    ensureFolder(home)
    ensureFolder(logsFolder(home))
    for (const id of outdatedSessions(sessionIds(home), now)) removeSessionLog(home, id)
    const file = openSync(this.path, 'ax', FILE_MODE) // a link in its place is not followed
    fchmodSync(file, FILE_MODE) // the umask may have taken bits away
    return file
  }
}

/** The ids of the sessions that have a log; none when the folder cannot be read. */
export function sessionIds(home: string): string[] {
  try {
    return readdirSync(logsFolder(home))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
  } catch {
    return []
  }
}

export function logsFolder(home: string): string {
  return join(home, 'logs')
}

function removeSessionLog(home: string, id: string): void {
  try {
    rmSync(join(logsFolder(home), `${id}${ENDING}`), {force: true})
  } catch {
    // It goes when it can.
  }
}
