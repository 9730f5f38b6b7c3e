import {dirname, join} from 'node:path'
import type {JsonValue} from '@mogplex/plugin-kit/errors'
import {writeTrouble} from '../domain/files/write-trouble.js'
import type {HostedAccount} from '../domain/hosted/hosted-state.js'
import {formatKept, keptOf, type KeptFor, parseKept, withKept} from '../domain/plugin/kept.js'
import type {FileWriter} from './file-writer.js'
import {isOwnFolder, textIfOurs} from './own-file.js'

interface KeptFileOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  readonly loadWriter: () => Promise<Pick<FileWriter, 'ensureFolder' | 'lock' | 'replaceFile'>>
}

const FOLDER = 'plugins'
const MAX_BYTES = 4 * 1024 * 1024
/** Long enough for dozens of other processes, each of which writes one small file. */
const WAIT_MS = 5000

/**
 * `plugins/<name>.json`: what a plugin stores on this machine, separately for each account. It
 * contains the plugin's data, and none of our secrets. What cannot be read counts as absent.
 */
export class KeptFile {
  readonly #options: KeptFileOptions
  readonly #path: string

  /** @param plugin - its npm name */
  constructor(options: KeptFileOptions, plugin: string) {
    this.#options = options
    const file = plugin.replaceAll(/[^\w.@-]/g, '+').replace(/^\.+/, '')
    this.#path = join(options.home, FOLDER, `${file}.json`)
  }

  /** Never throws. */
  read(account: HostedAccount, name: string): JsonValue | undefined {
    return keptOf(this.#all(), account, name)
  }

  /**
   * Changes the value of that name, while no other process does.
   *
   * @throws {LockedError} exit 75; {KeptTooMuchError}, {LocalFileError} exit 1; errors of `change`:
   *   the stored value stays
   */
  async change(
    account: HostedAccount,
    name: string,
    change: (kept: JsonValue | undefined) => JsonValue | undefined,
  ): Promise<void> {
    const {home, loadWriter} = this.#options
    const writer = await loadWriter()
    const write = async (): Promise<void> => {
      const all = this.#all()
      const after = change(structuredClone(keptOf(all, account, name)))
      await writer.replaceFile(this.#path, formatKept(withKept(all, account, [name, after])))
    }
    try {
      writer.ensureFolder(home, FOLDER)
      const lock = writer.lock(`${this.#path}.lock`, 'is writing what a plugin keeps')
      await lock.hold(write, {waitMs: WAIT_MS})
    } catch (error) {
      throw writeTrouble(this.#path, error)
    }
  }

  #all(): KeptFor[] {
    if (!isOwnFolder(dirname(this.#path))) return []
    return parseKept(textIfOurs(this.#path, MAX_BYTES) ?? '')
  }
}
