import {chmodSync, existsSync, readFileSync, realpathSync, statSync} from 'node:fs'
import {LocalFileError} from '../domain/errors/local-files.js'
import {whyOf} from '../domain/errors/system-error.js'
import type {FileWriter} from './file-writer.js'

const MAX_BYTES = 16 * 1024 * 1024
const MODE = 0o777

/**
 * A file of another program's, which may hold what is secret: it is replaced as a whole, where a link
 * to it leads, and keeps its mode.
 */
export class HostFile {
  readonly #path: string
  readonly #loadWriter: () => Promise<FileWriter>

  constructor(path: string, loadWriter: () => Promise<FileWriter>) {
    this.#path = path
    this.#loadWriter = loadWriter
  }

  /** @returns its text; empty where it is not there. @throws {LocalFileError} exit 1 */
  read(): string {
    try {
      const {size} = statSync(this.#path)
      if (!statSync(this.#path).isFile()) throw new Error('it is not a file')
      if (size > MAX_BYTES) throw new Error('it is too large')
      return readFileSync(this.#path, 'utf8')
    } catch (error) {
      if (!existsSync(this.#path)) return ''
      throw new LocalFileError(
        `${this.#path} cannot be read: ${whyOf(error)}.`,
        'Look at it yourself.',
      )
    }
  }

  /** @throws {LocalFileError} exit 1, with the file as it was */
  async replace(text: string): Promise<void> {
    const target = existsSync(this.#path) ? realpathSync(this.#path) : this.#path
    const mode = existsSync(target) ? statSync(target).mode & MODE : undefined
    const writer = await this.#loadWriter()
    await writer.replaceFile(target, text)
    if (mode !== undefined) chmodSync(target, mode)
  }
}
