import {constants, readFileSync, statSync, writeSync} from 'node:fs'
import {randomUUID} from 'node:crypto'
import {join} from 'node:path'
import {
  belongsInHistory,
  formatEntry,
  MAX_ENTRIES,
  MAX_KEPT,
  parseHistory,
  trimHistory,
  withoutSecrets,
} from '../domain/chat/prompt-history.js'
import {writeTrouble} from '../domain/files/write-trouble.js'
import type {FileWriter} from './file-writer.js'
import type {Clock} from './clock.js'
import {textIfOurs, withOwnFile} from './own-file.js'

const MAX_BYTES = 16 * 1024 * 1024
/** So that the file is not rewritten for every entry. */
const SLACK = 200
const MAX_ATTEMPTS = 5
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT

export interface HistoryFileOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  readonly clock: Clock
  /** Loads the function that finds secrets in a text. */
  readonly loadIsSecret: () => Promise<(text: string) => boolean>
  readonly loadWriter: () => Promise<
    Pick<FileWriter, 'ensureFolder' | 'isFencedOff' | 'replaceFile'>
  >
}

/**
 * `history.jsonl`: the texts entered in the composer, for its owner only (0600). Several processes
 * append to it, each entry in one write. It is a convenience: failing to read or write it is not an
 * error, and nothing secret is written to it.
 */
export class HistoryFile {
  readonly #options: HistoryFileOptions
  readonly #path: string
  #adding: Promise<void> = Promise.resolve()

  constructor(options: HistoryFileOptions) {
    this.#options = options
    this.#path = join(options.home, 'history.jsonl')
  }

  /** The newest entries, oldest first. Never throws. */
  read(): string[] {
    return parseHistory(textIfOurs(this.#path, MAX_BYTES) ?? '')
  }

  /** Appends an entry, unless it contains something secret. Never throws. */
  async add(text: string): Promise<void> {
    if (!belongsInHistory(text, await this.#options.loadIsSecret())) return
    this.#adding = this.#adding.then(() => this.#append(text))
    await this.#adding
  }

  /**
   * Removes the entries that contain secrets which were unknown when they were stored.
   *
   * @returns how many there were
   * @throws {LocalFileError} exit 1, when they cannot be removed
   */
  async clean(): Promise<number> {
    const {loadWriter, loadIsSecret} = this.#options
    for (let attempt = 1; ; attempt += 1) {
      const found = this.#contentsIfOurs()
      if (found === undefined) return 0
      const {kept, removed} = withoutSecrets(found.text, await loadIsSecret())
      if (removed === 0) return 0
      const writer = await loadWriter()
      try {
        await this.#replace(writer, kept, found.size)
        return removed
      } catch (error) {
        // Another process appended meanwhile: its entries are checked, too.
        if (!writer.isFencedOff(error) || attempt === MAX_ATTEMPTS) {
          throw writeTrouble(this.#path, error)
        }
      }
    }
  }

  async #append(text: string): Promise<void> {
    const {home, clock, loadWriter} = this.#options
    try {
      const writer = await loadWriter()
      writer.ensureFolder(home)
      const line = formatEntry(text, clock.now())
      withOwnFile(this.#path, {flags: APPEND, maxBytes: MAX_BYTES}, (file) => writeSync(file, line))
      await this.#trim(writer)
    } catch {
      // Losing this entry must not fail the command.
    }
  }

  /**
   * Drops the oldest entries, unless another process appends at the same time: then that one does.
   */
  async #trim(writer: Pick<FileWriter, 'replaceFile'>): Promise<void> {
    const found = this.#contents()
    if (found === undefined) return
    const {text, size} = found
    const count = text.split('\n').length - 1
    if (count <= MAX_ENTRIES + SLACK && size <= 2 * MAX_KEPT) return
    await this.#replace(writer, trimHistory(text), size)
  }

  #contents(): {readonly text: string; readonly size: number} | undefined {
    return withOwnFile(this.#path, {maxBytes: MAX_BYTES}, (file, {size}) => ({
      text: readFileSync(file, 'utf8'),
      size,
    }))
  }

  /** A file that cannot be a history counts as none. */
  #contentsIfOurs(): {readonly text: string; readonly size: number} | undefined {
    try {
      return this.#contents()
    } catch {
      return undefined
    }
  }

  async #replace(
    writer: Pick<FileWriter, 'replaceFile'>,
    text: string,
    size: number,
  ): Promise<void> {
    await writer.replaceFile(this.#path, text, {
      nonce: randomUUID(),
      mayCommit: () => statSync(this.#path).size === size,
    })
  }
}
