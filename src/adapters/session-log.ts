// The rules that a session log keeps: every line passes the redactor as a whole, the last thing
// before it is written; a line is one synchronous append, so that a process that is killed loses at
// most the line in flight; no link is followed; and whatever goes wrong with a log, no command fails
// for it.
import {constants, fchmodSync, lstatSync, openSync, writeSync} from 'node:fs'
import {parseJson} from '../domain/json.js'
import {logLine, type LogRecord, outdatedSessions} from '../domain/session-log.js'
import type {FileWriter} from './auth-file.js'
import {logPath, logsFolder, removeLog, sessionIds} from './session-log/log-folder.js'

const FILE_MODE = 0o600
const {O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY} = constants
const NEW = O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW

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
    this.path = logPath(options.home, options.id)
  }

  /** Whether there is a file, and nothing went wrong with it. */
  get isWritten(): boolean {
    return typeof this.#file === 'number'
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
    const folder = logsFolder(home)
    // Whatever it leads to was not made for logs: nothing is written there, and nothing removed.
    if (isLink(folder)) throw new Error('The folder of the logs is a link.')
    ensureFolder(folder)
    for (const id of outdatedSessions(sessionIds(home), now)) removeLog(home, id)
    const file = openSync(this.path, NEW, FILE_MODE)
    fchmodSync(file, FILE_MODE) // the umask may have taken bits away
    return file
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink() === true
}
