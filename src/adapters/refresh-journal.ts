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

/** No note of ours is larger. */
const MAX_BYTES = 64 * 1024

type Writer = Pick<
  FileWriter,
  'leftoversOf' | 'lock' | 'prepareTarget' | 'removeLeftovers' | 'replaceFile'
>

interface RefreshJournalOptions {
  /** Of `auth.json`. */
  readonly path: string
  readonly loadWriter: () => Promise<Writer>
  /** Takes secrets out of a text: servers repeat what they were sent. */
  readonly redact: (text: string) => Promise<string>
}

/**
 * The right to refresh, which one process has at a time, and what is written down of a refresh
 * before it is sent. Both stand beside the file that `auth.json` really is, so that two homes that
 * are linked to one file share them: `auth.json.refresh.lock` and `auth.json.refresh`.
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
   * Does the work while nobody else refreshes.
   *
   * @throws {LockedError} exit 75, when another process goes on refreshing
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
      throw writeTrouble(this.#path, error) // an error of ours stays as it is
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
    if (!existsSync(dirname(this.#path))) return // and none is made
    try {
      rmSync(this.#record(await this.#loadWriter()), {force: true})
    } catch {
      // A stale attempt does no harm.
    }
  }

  /** Removes what killed processes left, but not what tells of their refresh. Never throws. */
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
      // The next one who refreshes does it.
    }
  }

  #record(writer: Writer): string {
    return `${writer.prepareTarget(this.#path)}.refresh`
  }
}

function lockOf(writer: Writer, record: string): FileLock {
  return writer.lock(`${record}.lock`, 'is refreshing the login')
}
