import {randomBytes} from 'node:crypto'
import type {SessionLog, SessionLogOptions} from '../adapters/session-log.js'
import type {Environment} from '../domain/settings/environment.js'
import type {LogEvent, LogFields, LogLevel} from '../domain/log/session-log.js'

export interface RecorderOptions {
  readonly env: Environment
  /** Creates the log of a session, which is written with its first record. */
  readonly makeLog: (log: Pick<SessionLogOptions, 'id' | 'redact'>) => Promise<SessionLog>
  readonly version: string
  /** The command line after `mogplex`. */
  readonly argv: readonly string[]
  /** The profile in use, where it is not `default`. */
  readonly profile?: string | undefined
  /** The credentials in use, in a form that a log may contain. */
  readonly credentials: () => LogFields
}

/** Recorders that have a log, which gets its last line when the process ends. */
const opened = new Set<Recorder>()

/**
 * The events of this session, for its log. A session that contacts a server, changes a file or hits
 * a bug opens it; until then nothing is loaded, and nothing is kept.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #start = new Date()
  #opening: Promise<void> | undefined
  #log: SessionLog | undefined
  #wants: (level: LogLevel) => boolean = () => false

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  /** The session's log, or `undefined` when there is none. */
  get path(): string | undefined {
    return this.#log?.isWritten === true ? this.#log.path : undefined
  }

  /**
   * Opens the log, unless it is open, `MOGPLEX_LOG_LEVEL` is `off`, or the command is one that
   * reads logs. From then on the output is redacted, too. Never throws.
   */
  async open(): Promise<void> {
    this.#opening ??= this.#open().catch(() => undefined)
    return this.#opening
  }

  /** Whether records of this level are written. */
  wants(level: LogLevel): boolean {
    return this.#wants(level)
  }

  /** Writes a record, where the log is open and the level is enabled. Never throws. */
  record(
    event: LogEvent,
    fields: LogFields = {},
    level: LogLevel = 'info',
    time = new Date(),
  ): void {
    const frames = event === 'session.started' || event === 'session.ended'
    if (frames || this.#wants(level)) this.#log?.append({time, level, event, fields})
  }

  /** Writes the last record. */
  end(exitCode: number): void {
    const durationMs = Date.now() - this.#start.getTime()
    this.record('session.ended', {exitCode, durationMs})
  }

  async #open(): Promise<void> {
    const {env, makeLog, version, argv, profile, credentials} = this.#options
    const [rules, {commandLine}, {typedSecrets}, ...own] = await Promise.all([
      import('../domain/log/session-log.js'),
      import('../domain/log/command-line.js'),
      import('../domain/log/typed-secrets.js'),
      import('./redaction.js'),
      import('./guarded-output.js'),
    ])
    const [{loadRedactor}, {guardOutput}] = own
    const redactor = await loadRedactor()
    guardOutput(redactor)
    const level = rules.logLevelOf(env)
    const line = commandLine(argv)
    if (level === undefined || /^logs\b/.test(line.command)) return
    const id = rules.sessionIdOf(this.#start, randomBytes(3).toString('hex'))
    // A key may have been typed as the id of a run: the log must not repeat it, results may have
    // to.
    const typed = typedSecrets(argv)
    const redact = (text: string): string =>
      typed.reduce((rest, word) => rest.replaceAll(word, '[redacted]'), redactor.redact(text))
    this.#log = await makeLog({id, redact})
    this.#wants = (wanted) => rules.isWanted(wanted, level)
    const started = {...line, profile, version, node: process.version, platform: process.platform}
    this.record('session.started', started, 'info', this.#start)
    this.record('credential.resolved', credentials())
    if (opened.size === 0) process.once('exit', endAll)
    opened.add(this)
  }
}

function endAll(exitCode: number): void {
  for (const recorder of opened) recorder.end(exitCode)
}
