// The rules of a session log: every line is redacted as a whole, as the last step before it is
// written; a line is one synchronous append, so that a process that is killed loses at most the
// line in flight; the file is open only during a write, so that it keeps no disk busy; no link is
// followed; and no command fails because of its log.
import {constants, fstatSync, writeSync} from 'node:fs'
import {parseJson} from '../domain/text/json.js'
import {withEscapes} from '../domain/text/printable.js'
import {logLine, type LogRecord, outdatedSessions} from '../domain/log/session-log.js'
import type {FileWriter} from './file-writer.js'
import {withOwnFile} from './own-file.js'
import {LOGS, logPath, removeLog, sessionIds} from './session-log/log-folder.js'

const {O_APPEND, O_CREAT, O_EXCL, O_WRONLY} = constants
const OLD = O_WRONLY | O_APPEND
const NEW = OLD | O_CREAT | O_EXCL
/** A session that runs for weeks, such as that of an agent host, must not fill the disk. */
const FULL_BYTES = 16 * 1024 * 1024

export interface SessionLogOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  /** The id of the session. */
  readonly id: string
  readonly redact: (text: string) => string
  readonly ensureFolder: FileWriter['ensureFolder']
}

/** `logs/<session-id>.jsonl`: created with the first record, for its owner only (mode 0600). */
export class SessionLog {
  readonly path: string
  readonly #options: SessionLogOptions
  /** Identifies the file, to detect a replacement. */
  #file: bigint | 'closed' | undefined
  readonly #fullBytes: number
  #bytes = 0
  #isFull = false

  constructor(options: SessionLogOptions, fullBytes = FULL_BYTES) {
    this.#options = options
    this.#fullBytes = fullBytes
    this.path = logPath(options.home, options.id)
  }

  /** Whether the file exists and no write has failed. */
  get isWritten(): boolean {
    return typeof this.#file === 'bigint'
  }

  /** Appends a record. Never throws: after a failure the log ends there. */
  append(record: LogRecord): void {
    if (this.#bytes >= this.#fullBytes) this.#appendToFull(record)
    else this.#write(record)
  }

  /** Beyond the limit, errors are still logged, up to as much again, and the end is. */
  #appendToFull(record: LogRecord): void {
    const {time, level, event} = record
    if (!this.#isFull) {
      this.#isFull = true
      this.#write({time, level: 'info', event: 'log.full', fields: {bytes: this.#bytes}})
    }
    const isToldYet = level === 'error' && this.#bytes < 2 * this.#fullBytes
    if (isToldYet || event === 'session.ended') this.#write(record)
  }

  #write(record: LogRecord): void {
    if (this.#file === 'closed') return
    try {
      const bytes = Buffer.from(`${this.#redacted(record)}\n`)
      if (this.#file === undefined) this.#prepareFolder(record.time)
      const flags = this.#file === undefined ? NEW : OLD
      const isWhole = withOwnFile(this.path, {flags}, (file) => {
        const {ino} = fstatSync(file, {bigint: true})
        this.#file ??= ino
        return this.#file === ino && writeSync(file, bytes) === bytes.length
      })
      if (isWhole !== true) this.#file = 'closed'
      this.#bytes += bytes.length
    } catch {
      this.#file = 'closed'
    }
  }

  /**
   * A line that is still JSON, safe to show in a terminal; where it is not JSON, only fields that
   * redaction cannot have changed.
   */
  #redacted(record: LogRecord): string {
    const {id, redact} = this.#options
    const line = redact(logLine(id, record))
    const whole =
      parseJson(line) === undefined ? logLine(id, {...record, fields: {redacted: true}}) : line
    return withEscapes(whole)
  }

  #prepareFolder(now: Date): void {
    const {home, ensureFolder} = this.#options
    ensureFolder(home, LOGS)
    for (const id of outdatedSessions(sessionIds(home), now)) removeLog(home, id)
  }
}
