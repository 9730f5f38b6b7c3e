import {chmodSync, readFileSync, statSync} from 'node:fs'
import {LocalFileError} from '../domain/errors/local-files.js'
import {whyOf} from '../domain/errors/system-error.js'
import {sizeText} from '../domain/network/answer-limits.js'
import type {FileWriter} from './file-writer.js'

const MAX_BYTES = 16 * 1024 * 1024
const [MODE, WRITABLE] = [0o777, 0o222]
/** No write takes this long: an older temporary file was left by a killed process. */
const LEFT_MS = 60_000

/**
 * A file of another program, which may contain secrets: it is replaced as a whole, at the target of
 * a link, and keeps its mode.
 */
export class HostFile {
  readonly #path: string
  readonly #loadWriter: () => Promise<FileWriter>

  constructor(path: string, loadWriter: () => Promise<FileWriter>) {
    this.#path = path
    this.#loadWriter = loadWriter
  }

  /** @returns its text; empty where it does not exist. @throws {LocalFileError} exit 1 */
  read(): string {
    const stats = statSync(this.#path, {throwIfNoEntry: false})
    if (stats === undefined) return ''
    if (!stats.isFile()) throw this.#unreadable('it is not a file')
    if (stats.size > MAX_BYTES) throw this.#unreadable(`it is larger than ${sizeText(MAX_BYTES)}`)
    const text = textOf(this.#bytes())
    if (text === undefined) throw this.#unreadable('it is not text in UTF-8')
    return text
  }

  /**
   * @param before - the text that was read: its own program may have changed it since
   * @returns whether it was written; if not, it has changed meanwhile
   * @throws {LocalFileError} exit 1, with the file unchanged
   */
  async replace(text: string, before: string): Promise<boolean> {
    const stats = statSync(this.#path, {throwIfNoEntry: false})
    const mode = stats && stats.mode & MODE
    // The folder may be writable while the file is not: respect the file's mode.
    if (mode !== undefined && (mode & WRITABLE) === 0)
      throw new LocalFileError(`${this.#path} is read-only.`, 'Make it writable first.')
    const writer = await this.#loadWriter()
    const target = writer.prepareTarget(this.#path)
    writer.removeLeftovers(target, LEFT_MS)
    if (this.read() !== before) return false
    await writer.replaceFile(target, text)
    if (mode !== undefined) chmodSync(target, mode)
    return true
  }

  #bytes(): Uint8Array {
    try {
      return readFileSync(this.#path)
    } catch (error) {
      throw this.#unreadable(whyOf(error))
    }
  }

  #unreadable(why: string): LocalFileError {
    return new LocalFileError(`${this.#path} cannot be read: ${why}.`, 'Look at it yourself.')
  }
}

/** Bytes that are not text would not survive a rewrite. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    return undefined
  }
}
