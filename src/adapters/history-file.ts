import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import {randomUUID} from 'node:crypto'
import {join} from 'node:path'
import {
  belongsInHistory,
  formatEntry,
  MOST_ENTRIES,
  MOST_KEPT,
  parseHistory,
  trimHistory,
} from '../domain/prompt-history.js'
import type {FileWriter} from './file-writer.js'
import type {Clock} from './clock.js'

const FILE_MODE = 0o600
const MOST_BYTES = 16 * 1024 * 1024
/** So that not every entry rewrites the file. */
const SLACK = 200
// Without O_NONBLOCK, opening a FIFO waits for somebody at its other end.
const SAFELY = constants.O_NONBLOCK | constants.O_NOCTTY
const READ = constants.O_RDONLY | SAFELY
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | SAFELY

export interface HistoryFileOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  readonly clock: Clock
  /** Whether a text holds a value that is known to be secret. */
  readonly isSecret: (text: string) => boolean
  readonly loadWriter: () => Promise<Pick<FileWriter, 'ensureFolder' | 'replaceFile'>>
}

/**
 * `history.jsonl`: what was entered in the composer, for its owner alone (0600). Several processes
 * append to it, each entry in one write. It is a convenience: what cannot be read or written is no
 * error, and nothing that is secret gets into it.
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
    return parseHistory(this.#contents()?.text ?? '')
  }

  /** Adds an entry behind those added before, unless it holds something secret. Never throws. */
  async add(text: string): Promise<void> {
    if (!belongsInHistory(text, this.#options.isSecret)) return
    this.#adding = this.#adding.then(() => this.#append(text))
    await this.#adding
  }

  async #append(text: string): Promise<void> {
    const {home, clock, loadWriter} = this.#options
    try {
      const writer = await loadWriter()
      writer.ensureFolder(home)
      append(this.#path, formatEntry(text, clock.now()))
      await this.#trim(writer)
    } catch {
      // As said.
    }
  }

  /** Drops the oldest entries, unless another process appends at the same time: then it does it. */
  async #trim(writer: Pick<FileWriter, 'replaceFile'>): Promise<void> {
    const contents = this.#contents()
    if (contents === undefined) return
    const {text, size} = contents
    const count = text.split('\n').length - 1
    if (count <= MOST_ENTRIES + SLACK && size <= 2 * MOST_KEPT) return
    await writer.replaceFile(this.#path, trimHistory(text), {
      nonce: randomUUID(),
      mayCommit: () => statSync(this.#path).size === size,
    })
  }

  #contents(): {readonly text: string; readonly size: number} | undefined {
    try {
      const file = openSync(this.#path, READ)
      try {
        if (!isOurFile(file)) return undefined
        const {size} = fstatSync(file)
        return {text: readFileSync(file, 'utf8'), size}
      } finally {
        closeSync(file)
      }
    } catch {
      return undefined
    }
  }
}

function append(path: string, line: string): void {
  const file = openSync(path, APPEND, FILE_MODE)
  try {
    if (isOurFile(file)) writeSync(file, line)
  } finally {
    closeSync(file)
  }
}

/** A regular file of this user; it is made one for its owner alone. */
function isOurFile(file: number): boolean {
  const stats = fstatSync(file)
  if (!stats.isFile() || stats.size > MOST_BYTES) return false
  if (process.geteuid === undefined) return true
  if (stats.uid !== process.geteuid()) return false
  if ((stats.mode & 0o777) !== FILE_MODE) fchmodSync(file, FILE_MODE) // the umask, or somebody
  return true
}
