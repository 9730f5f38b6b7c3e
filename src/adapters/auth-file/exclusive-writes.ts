import {statSync} from 'node:fs'
import {dirname} from 'node:path'
import {LockedError} from '../../domain/errors/later.js'
import {LocalFileError} from '../../domain/errors/local-files.js'
import {codeOf} from '../../domain/errors/system-error.js'
import {writeTrouble} from '../../domain/files/write-trouble.js'
import type {Fence} from '../atomic-write.js'
import type {FileWriter} from '../file-writer.js'
import {isMountedFile} from './mounted-file.js'

// Writing takes milliseconds. A process that holds the lock for longer was stopped; its later
// writes are fenced off, so that a logout need not wait for it.
const WAIT_MS = 10_000
const ROB_AFTER_MS = 3000
const MAX_TRIES = 3
const WRITING = 'is writing auth.json'

/** @param target - the file at the end of the links, which is the one to replace */
type Work<T> = (writer: FileWriter, target: string, fence: Fence) => Promise<T>

/** Writes of one file, one after the other, across all processes. */
export class ExclusiveWrites {
  readonly #path: string
  readonly #loadWriter: () => Promise<FileWriter>
  #last: Promise<unknown> = Promise.resolve()

  constructor(path: string, loadWriter: () => Promise<FileWriter>) {
    this.#path = path
    this.#loadWriter = loadWriter
  }

  /**
   * One write after the other: in this process, and among all processes that share the file, by
   * whatever path. Each new holder of the lock first removes what its previous holder, if that one
   * was killed or lost the lock, could still put into place.
   *
   * @param loadWriter - a different writer, which may create the folder
   */
  async do<T>(work: Work<T>, loadWriter = this.#loadWriter): Promise<T> {
    const update = this.#last.then(async () => this.#locked(work, await loadWriter()))
    this.#last = update.catch(() => undefined)
    return update
  }

  /**
   * Acquires the lock of a write and releases it: finds every obstacle to the write while nothing
   * can be lost yet.
   *
   * @throws {LocalFileError} exit 1, {LockedError} exit 75
   */
  async rehearse(loadWriter = this.#loadWriter): Promise<void> {
    await this.do(async () => {
      if (isMountedFile(this.#path)) throw Object.assign(new Error(), {code: 'EBUSY'})
      return Promise.resolve()
    }, loadWriter)
  }

  /** Removes what killed writers left, unless a write is in progress. Never throws. */
  async sweep(): Promise<void> {
    try {
      const writer = await this.#loadWriter()
      const target = writer.prepareTarget(this.#path)
      const lock = writer.lock(`${target}.lock`, WRITING)
      lock.sweep()
      if (writer.leftoversOf(target).length === 0) return
      const remove = async (): Promise<void> => {
        writer.removeLeftovers(target)
        return Promise.resolve()
      }
      await lock.hold(remove, {waitMs: 0})
    } catch {
      // The next writer does it.
    }
  }

  async #locked<T>(work: Work<T>, writer: FileWriter): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      writer.ensureFolder(dirname(this.#path))
      const target = writer.prepareTarget(this.#path)
      refuseHardLinks(target)
      try {
        return await writer.lock(`${target}.lock`, WRITING).hold(
          async ({nonce, isStillMine}) => {
            writer.removeLeftovers(target)
            return work(writer, target, {nonce, mayCommit: isStillMine})
          },
          // A lost lock may mean a slow disk, so each retry waits longer.
          {waitMs: WAIT_MS, robAfterMs: ROB_AFTER_MS * tries},
        )
      } catch (error) {
        // The folder of a profile may be removed meanwhile; a login creates it again.
        if (codeOf(error) === 'ENOENT' && tries < MAX_TRIES) continue
        if (!writer.isFencedOff(error)) throw writeTrouble(this.#path, error)
        if (tries === MAX_TRIES) throw new LockedError(WRITING, undefined)
      }
    }
  }
}

/**
 * A rename would silently separate the two names: a refresh would leave the spent token under the
 * other one, which then ends the login, and a logout would leave everything that it removes.
 */
function refuseHardLinks(target: string): void {
  const names = statSync(target, {throwIfNoEntry: false})?.nlink ?? 0
  if (names <= 1) return
  throw new LocalFileError(
    `${target} has another name (a hard link), which would keep the old contents.`,
    `Make the other name a symbolic link to this one, or remove it; \`find DIRECTORY -samefile ${target}\` finds it.`,
  )
}
