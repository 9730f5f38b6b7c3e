import {existsSync, readdirSync, rmdirSync, rmSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {codeOf} from '../domain/errors/system-error.js'
import {writeTrouble} from '../domain/files/write-trouble.js'
import {
  formatPendingLogin,
  isHandle,
  isOver,
  parsePendingLogin,
  PENDING_MS,
  type PendingLogin,
} from '../domain/login/pending-login.js'
import type {FileWriter} from './file-writer.js'
import {isOwnFolder, textIfOurs} from './own-file.js'

interface PendingLoginsOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  /** Called after a sweep: the folder may be empty. */
  readonly afterRemoval?: (() => void) | undefined
  readonly loadWriter: () => Promise<Pick<FileWriter, 'ensureFolder' | 'lock' | 'replaceFile'>>
}

const FOLDER = 'pending-logins'
const MAX_BYTES = 64 * 1024
const WAIT_MS = 10_000
/** Temporary files of killed processes. */
const TEMPORARY = /^[\da-f]{32}\.json\.[\w-]{36}\.tmp$/

/** The files of the pending logins in a home, and temporary ones. */
export function pendingLoginFiles(home: string): string[] {
  const folder = join(home, FOLDER)
  return namesIn(folder).map((name) => join(folder, name))
}

/**
 * `pending-logins/<handle>.json`: sign-ins that were started and wait to be finished, each for its
 * owner only (mode 0600). The process that finishes one first removes its file, so it happens only
 * once.
 */
export class PendingLogins {
  readonly #options: PendingLoginsOptions
  readonly #folder: string
  /** Beside the folder, which is removed with its last file. */
  readonly #lockPath: string

  constructor(options: PendingLoginsOptions) {
    this.#options = options
    this.#folder = join(options.home, FOLDER)
    this.#lockPath = join(options.home, `${FOLDER}.lock`)
  }

  /** @throws {LocalFileError} exit 1; {LockedError} exit 75 */
  async store(pending: PendingLogin): Promise<void> {
    const path = this.#pathOf(pending.handle)
    await this.#exclusively(path, async (writer) => {
      writer.ensureFolder(this.#options.home, FOLDER)
      await writer.replaceFile(path, formatPendingLogin(pending))
    })
  }

  /** @returns `undefined` where it does not exist or cannot be read */
  find(handle: string): PendingLogin | undefined {
    if (!isHandle(handle) || !isOwnFolder(this.#folder)) return undefined
    return parsePendingLogin(handle, textIfOurs(this.#pathOf(handle), MAX_BYTES) ?? '')
  }

  /**
   * Removes a pending login for the first caller: later ones do not find it.
   *
   * @returns whether it existed
   * @throws {LocalFileError} exit 1, and it still exists; {LockedError} exit 75
   */
  async claim(handle: string): Promise<boolean> {
    const path = this.#pathOf(handle)
    return this.#exclusively(path, async () => {
      const isThere = this.find(handle) !== undefined
      if (isThere) rmSync(path) // fails if another process took over the lock
      this.#removeIfEmpty()
      return Promise.resolve(isThere)
    })
  }

  /** Checks the disk: is there anything to {@link sweep}? */
  mayHaveLeftovers(now: Date): boolean {
    if (existsSync(this.#lockPath)) return true
    return namesIn(this.#folder).some((name) => this.#ageMs(name, now) >= PENDING_MS)
  }

  /** Removes what has expired, and what killed processes left. Never throws. */
  async sweep(now: Date): Promise<void> {
    try {
      const writer = await this.#options.loadWriter()
      const lock = writer.lock(this.#lockPath, 'is signing in')
      lock.sweep()
      if (!existsSync(this.#folder)) return
      const remove = async (): Promise<void> => {
        for (const name of namesIn(this.#folder)) {
          if (this.#isLeftover(name, now)) rmSync(join(this.#folder, name), {force: true})
        }
        this.#removeIfEmpty()
        return Promise.resolve()
      }
      await lock.hold(remove, {waitMs: 0})
      this.#options.afterRemoval?.()
    } catch {
      // The next process does it.
    }
  }

  #isLeftover(name: string, now: Date): boolean {
    if (TEMPORARY.test(name)) return this.#ageMs(name, now) >= PENDING_MS
    const handle = name.replace(/\.json$/, '')
    if (!isHandle(handle)) return false // not ours
    const pending = this.find(handle)
    return pending === undefined ? this.#ageMs(name, now) >= PENDING_MS : isOver(pending, now)
  }

  async #exclusively<T>(
    path: string,
    work: (writer: Awaited<ReturnType<PendingLoginsOptions['loadWriter']>>) => Promise<T>,
  ): Promise<T> {
    try {
      const writer = await this.#options.loadWriter()
      writer.ensureFolder(this.#options.home)
      const lock = writer.lock(this.#lockPath, 'is signing in')
      return await lock.hold(async () => work(writer), {waitMs: WAIT_MS})
    } catch (error) {
      throw writeTrouble(path, error)
    }
  }

  /** Infinite if it no longer exists. */
  #ageMs(name: string, now: Date): number {
    const stats = statSync(join(this.#folder, name), {throwIfNoEntry: false})
    return stats === undefined ? Infinity : now.getTime() - stats.mtimeMs
  }

  #removeIfEmpty(): void {
    try {
      rmdirSync(this.#folder)
    } catch (error) {
      const isFine = ['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')
      if (!isFine) throw error
    }
  }

  #pathOf(handle: string): string {
    return join(this.#folder, `${handle}.json`)
  }
}

function namesIn(folder: string): string[] {
  return isOwnFolder(folder) ? readdirSync(folder) : []
}
