import {join} from 'node:path'
import {
  type AttachedRun,
  formatAttachedRuns,
  parseAttachedRuns,
  withAttachedRun,
} from '../domain/run/attached-runs.js'
import type {FileWriter} from './file-writer.js'
import {textIfOurs} from './own-file.js'

interface AttachedRunsFileOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  readonly loadWriter: () => Promise<Pick<FileWriter, 'ensureFolder' | 'replaceFile'>>
}

const MAX_BYTES = 1024 * 1024

/**
 * `attached-runs.json`: the runs that were attached to, for people to choose from. Contains no
 * secret. It is a convenience: failing to read or write it is not an error.
 */
export class AttachedRunsFile {
  readonly #options: AttachedRunsFileOptions
  readonly #path: string

  constructor(options: AttachedRunsFileOptions) {
    this.#options = options
    this.#path = join(options.home, 'attached-runs.json')
  }

  /** Newest first, of all accounts. Never throws. */
  read(): AttachedRun[] {
    return parseAttachedRuns(textIfOurs(this.#path, MAX_BYTES) ?? '')
  }

  /** Never throws. */
  async remember(run: AttachedRun): Promise<void> {
    const {home, loadWriter} = this.#options
    try {
      const writer = await loadWriter()
      writer.ensureFolder(home)
      await writer.replaceFile(this.#path, formatAttachedRuns(withAttachedRun(this.read(), run)))
    } catch {
      // Losing this entry must not fail the command.
    }
  }
}
