import {existsSync, rmSync} from 'node:fs'
import {dirname} from 'node:path'
import {
  formatAttempt,
  parseAttempt,
  type RefreshAttempt,
} from '../domain/refresh/refresh-attempt.js'
import {writeTrouble} from '../domain/files/write-trouble.js'
import type {FileWriter} from './file-writer.js'
import type {FileLock, LockWait, LockTurn} from './file-lock.js'
import {textIfOurs} from './own-file.js'

/** The size limit of our notes. */
const MAX_BYTES = 64 * 1024

type Writer = Pick<
  FileWriter,
  'leftoversOf' | 'lock' | 'prepareTarget' | 'removeLeftovers' | 'replaceFile'
>

interface RefreshJournalOptions {
  /** Of `auth.json`. */
  readonly path: string
  readonly loadWriter: () => Promise<Writer>
  /** Removes secrets from a text: servers repeat what they were sent. */
  readonly redact: (text: string) => Promise<string>
}

/**
 * The exclusive right to refresh, and the note that is written before a refresh is sent. Both are
 * beside the real file of `auth.json`, so that two homes that link to one file share them:
 * `auth.json.refresh.lock` and `auth.json.refresh`.
 */
export class RefreshJournal {
  readonly #path: string
  readonly #loadWriter: () => Promise<Writer>
  readonly #redact: RefreshJournalOptions['redact']

  constructor({path, loadWriter, redact}: RefreshJournalOptions) {
    this.#path = path
    this.#loadWriter = loadWriter
    this.#redact = redact
  }

  /**
   * Runs the work while no other process refreshes.
   *
   * @throws {LockedError} exit 75, when another process keeps refreshing
   * @throws {LocalFileError} exit 1, when no lock can be written
   */
  async exclusively<T>(work: (turn: LockTurn) => Promise<T>, patience: LockWait<T>): Promise<T> {
    const writer = await this.#loadWriter()
    const record = this.#record(writer)
    try {
      return await lockOf(writer, record).hold(async (turn) => {
        writer.removeLeftovers(record)
        return work(turn)
      }, patience)
    } catch (error) {
      throw writeTrouble(this.#path, error) // one of our errors stays unchanged
    }
  }

  /** The last attempt whose tokens were not stored. */
  async read(): Promise<RefreshAttempt | undefined> {
    const path = this.#record(await this.#loadWriter())
    return parseAttempt(textIfOurs(path, MAX_BYTES) ?? '')
  }

  /** @throws {LocalFileError} exit 1 */
  async write(attempt: RefreshAttempt): Promise<void> {
    const writer = await this.#loadWriter()
    const {failure} = attempt
    const told = failure && {...failure, message: await this.#redact(failure.message)}
    await writer.replaceFile(this.#record(writer), formatAttempt({...attempt, failure: told}))
  }

  /** Never throws: an attempt counts only for the token that it names. */
  async clear(): Promise<void> {
    if (!existsSync(dirname(this.#path))) return // does not create it
    try {
      rmSync(this.#record(await this.#loadWriter()), {force: true})
    } catch {
      // A stale attempt is harmless.
    }
  }

  /** Removes what killed processes left, except the note of their refresh. Never throws. */
  async sweep(): Promise<void> {
    try {
      const writer = await this.#loadWriter()
      const record = this.#record(writer)
      const lock = lockOf(writer, record)
      lock.sweep()
      if (writer.leftoversOf(record).length === 0) return
      const remove = async (): Promise<void> => {
        writer.removeLeftovers(record)
        return Promise.resolve()
      }
      await lock.hold(remove, {waitMs: 0})
    } catch {
      // The next process that refreshes does it.
    }
  }

  #record(writer: Writer): string {
    return `${writer.prepareTarget(this.#path)}.refresh`
  }
}

function lockOf(writer: Writer, record: string): FileLock {
  return writer.lock(`${record}.lock`, 'is refreshing the login')
}
