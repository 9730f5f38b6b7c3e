import {readFileSync, realpathSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {MogplexError} from '@mogplex/plugin-kit/errors'
import {LocalFileError} from '../domain/errors/local-files.js'
import {writeTrouble} from '../domain/files/write-trouble.js'
import {
  formatProfiles,
  NO_PROFILES,
  parseProfiles,
  type ProfilesDocument,
} from '../domain/profile/profiles-document.js'
import {instantForFileName} from '../domain/text/instants.js'
import type {Clock} from './clock.js'
import type {FileWriter} from './file-writer.js'
import {withOwnFile} from './own-file.js'

const MAX_BYTES = 1024 * 1024
const WAIT_MS = 10_000
const DOING = 'is writing profiles.json'

interface ProfilesFileOptions {
  /** The top of our files, absolute. */
  readonly home: string
  readonly loadWriter: () => Promise<FileWriter>
  readonly clock: Clock
}

/**
 * `profiles.json` at the top of the home: the current profile, and the profile of each pinned
 * folder. Files of a project cannot affect it. Contains no secret.
 */
export class ProfilesFile {
  readonly path: string
  readonly #options: ProfilesFileOptions

  constructor(options: ProfilesFileOptions) {
    this.path = join(options.home, 'profiles.json')
    this.#options = options
  }

  /** @returns only `notice` for a broken file: it is reported, and ignored */
  read(): {readonly document: ProfilesDocument; readonly notice?: string} {
    try {
      const document = parseProfiles(this.#text())
      if (document !== undefined) return {document}
      return {document: NO_PROFILES, notice: `${this.path} is broken: its pins are ignored.`}
    } catch (error) {
      const why = error instanceof MogplexError ? error.message : `${this.path} cannot be read.`
      return {document: NO_PROFILES, notice: `${why} Its pins are ignored.`}
    }
  }

  /**
   * Changes the stored settings; a broken file is saved beside it first.
   *
   * @throws {LocalFileError} exit 1, {LockedError} exit 75, with the file unchanged
   */
  async update(change: (before: ProfilesDocument) => ProfilesDocument): Promise<void> {
    const {home, loadWriter, clock} = this.#options
    const writer = await loadWriter()
    try {
      writer.ensureFolder(home)
      await writer.lock(`${this.path}.lock`, DOING).hold(
        async () => {
          const text = this.#text()
          const before = parseProfiles(text)
          if (before === undefined) {
            await writer.keepAside(`${this.path}.broken-${instantForFileName(clock.now())}`, text)
          }
          await writer.replaceFile(this.path, formatProfiles(change(before ?? NO_PROFILES)))
        },
        {waitMs: WAIT_MS},
      )
    } catch (error) {
      throw writeTrouble(this.path, error)
    }
  }

  #text(): string {
    return withOwnFile(this.path, {maxBytes: MAX_BYTES}, (file) => readFileSync(file, 'utf8')) ?? ''
  }
}

/** A folder and its parents, by their real paths, nearest first; empty where unknown. */
export function foldersFrom(folder: string): string[] {
  try {
    const folders = [realpathSync.native(folder)]
    for (;;) {
      const last = folders.at(-1) ?? ''
      const above = dirname(last)
      if (above === last) return folders
      folders.push(above)
    }
  } catch {
    return []
  }
}

/** @throws {LocalFileError} exit 1, where the folder does not exist */
export function realFolder(folder: string): string {
  const [real] = foldersFrom(folder)
  if (real !== undefined) return real
  throw new LocalFileError(`${folder} is not there.`, 'Name a folder that is.')
}
