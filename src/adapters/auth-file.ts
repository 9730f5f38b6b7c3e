import {type AuthDocument, readAuthDocument} from '../domain/auth-file/auth-document.js'
import type * as AuthChanges from '../domain/auth-file/auth-changes.js'
import type {Credential, OAuthCredential} from '../domain/credential/credential.js'
import type {ProviderId} from '../domain/credential/provider-table.js'
import {isCodexFile, storedEntries, type StoredEntry} from '../domain/auth-file/stored-entries.js'
import {exposureOf} from './auth-file/exposure.js'
import {ExclusiveWrites} from './auth-file/exclusive-writes.js'
import {mayHaveLeftovers} from './auth-file/leftovers.js'
import {MAX_BYTES, readAuthFile} from './auth-file/read-auth-file.js'
import type {FileWriter} from './file-writer.js'
import {tooLarge} from './own-file.js'

interface AuthFileOptions {
  readonly path: string
  /** The folder is `CODEX_HOME`: the file may be Codex's own. */
  readonly codexHome: boolean
  readonly loadWriter: () => Promise<FileWriter>
  /** The writer for a login, where only a login may create the folder. */
  readonly loadMaker?: () => Promise<FileWriter>
  /** Removes what a rehearsal created, where only a login may create it. */
  readonly afterRehearsal?: (() => void) | undefined
  /** Reading does not repair permissions: for diagnosis. */
  readonly leavesModes?: boolean
}

export interface AuthFileContents {
  readonly document: AuthDocument
  readonly entries: readonly StoredEntry[]
  /** Notices for the user, one line each. */
  readonly notices: readonly string[]
}

/** What happened to a stored credential, and to previous contents. */
interface StoredIn extends AuthChanges.Stored {
  /** The files that were created for contents that had to be moved. */
  readonly keptAside: readonly string[]
  /** Who else may read the file, in words; see `exposureOf`. */
  readonly exposure?: string | undefined
}

type Found = AuthChanges.FoundAuthFile & AuthFileContents

/** Computes a change of the contents; called again under the lock. */
type Change<T> = (
  changes: typeof AuthChanges,
  found: AuthChanges.FoundAuthFile,
) => AuthChanges.AuthChange<T>

interface Updating {
  readonly claim?: (() => Promise<void>) | undefined
  readonly loadWriter?: () => Promise<FileWriter>
}

/**
 * `auth.json`: one JSON object, for its owner only (mode 0600). Members that are not ours are kept
 * byte for byte in every write.
 */
export class AuthFile {
  readonly path: string
  readonly #codexHome: boolean
  readonly #leavesModes: boolean
  readonly #writes: ExclusiveWrites
  readonly #loadMaker: () => Promise<FileWriter>
  readonly #afterRehearsal: (() => void) | undefined

  constructor(options: AuthFileOptions) {
    const {path, codexHome, leavesModes = false, loadWriter, loadMaker, afterRehearsal} = options
    this.path = path
    this.#codexHome = codexHome
    this.#leavesModes = leavesModes
    this.#loadMaker = loadMaker ?? loadWriter
    this.#afterRehearsal = afterRehearsal
    this.#writes = new ExclusiveWrites(path, loadWriter)
  }

  /**
   * Reads the current contents. A missing, empty or broken file is a valid result, not an error. If
   * others may read it, that is repaired, with a notice.
   *
   * @throws {LocalFileError} exit 1, when it cannot be opened, is not a regular file, is larger than
   *   1 MB, or when it or its folder belongs to another user
   */
  read(): AuthFileContents {
    const {document, entries, notices} = this.#load()
    return {document, entries, notices}
  }

  /**
   * Stores a credential; `domain/auth-file/placement.ts` decides where, and what it replaces. A
   * member that does not match our format, a key of another account, and a broken file are first
   * saved beside it.
   *
   * @param now - part of the names of saved files
   * @param claim - runs before it is stored, while nobody else writes; if it throws, nothing is
   *   stored
   * @throws {LocalFileError} exit 1, with the file unchanged
   */
  async store(credential: Credential, now: Date, claim?: () => Promise<void>): Promise<StoredIn> {
    const {result, keptAside} = await this.#update(
      (changes, found) => changes.withStored(found, credential, now),
      {claim, loadWriter: this.#loadMaker},
    )
    const exposure = exposureOf(this.path)
    return {...result, keptAside, ...(exposure !== undefined && {exposure})}
  }

  /**
   * Removes our credentials. Members that do not match our format stay, and so do Codex's.
   *
   * @returns what was removed
   * @throws {BrokenAuthFileError} exit 1, when the contents of the file are unknown
   * @throws {LocalFileError} exit 1, with the file unchanged
   */
  async remove(providers: readonly ProviderId[]): Promise<readonly Credential[]> {
    const {result} = await this.#update((changes, found) => changes.withRemoved(found, providers))
    return result
  }

  /**
   * Changes the stored login while it exists. When it was removed meanwhile, or replaced by another
   * login, nothing is written.
   *
   * @param change - `undefined` leaves it unchanged
   * @returns whether it was changed
   * @throws {BrokenAuthFileError} exit 1, when the contents of the file are unknown
   * @throws {LocalFileError} exit 1, with the file unchanged
   */
  async amend(
    grantId: string,
    change: (stored: OAuthCredential) => OAuthCredential | undefined,
  ): Promise<boolean> {
    const {result} = await this.#update((changes, found) =>
      changes.withAmended(found, grantId, change),
    )
    return result
  }

  /**
   * Checks that a write would succeed, while nothing can be lost yet.
   *
   * @throws {LocalFileError} exit 1, {LockedError} exit 75
   */
  async rehearse(): Promise<void> {
    try {
      await this.#writes.rehearse(this.#loadMaker)
    } finally {
      this.#afterRehearsal?.()
    }
  }

  /** Runs a function while nobody writes the file. @throws {LockedError} exit 75 */
  async exclusively<T>(work: (contents: AuthFileContents) => Promise<T>): Promise<T> {
    return this.#writes.do(async () => work(this.read()))
  }

  /** Checks its folder once: is there anything to {@link sweep}? */
  mayHaveLeftovers(): boolean {
    return mayHaveLeftovers(this.path)
  }

  /** Removes what killed writers left, unless a write is in progress. Never throws. */
  async sweep(): Promise<void> {
    await this.#writes.sweep()
  }

  /** Reads, changes, writes: every write uses this. */
  async #update<T>(
    change: Change<T>,
    {claim, loadWriter}: Updating = {},
  ): Promise<{result: T; keptAside: readonly string[]}> {
    const changes = await import('../domain/auth-file/auth-changes.js')
    const early = change(changes, this.#load())
    if (early.text === undefined) return {result: early.result, keptAside: []}
    return this.#writes.do(async (writer, target, fence) => {
      const {result, text, aside} = change(changes, this.#load())
      if (text === undefined) return {result, keptAside: []}
      if (Buffer.byteLength(text) > MAX_BYTES) throw tooLarge(this.path, MAX_BYTES)
      await claim?.()
      const keptAside = aside ? [await writer.keepAside(aside.path, aside.contents)] : []
      await writer.replaceFile(target, text, fence)
      return {result, keptAside}
    }, loadWriter)
  }

  #load(): Found {
    const {bytes, notices} = readAuthFile(this.path, this.#leavesModes)
    const document = readAuthDocument(bytes)
    const entries = storedEntries(document, this.path, {codexFile: this.#codexHome})
    if (this.#codexHome && isCodexFile(document)) {
      notices.push(`${this.path} is shared with Codex, which may drop what it does not know.`)
    }
    return {path: this.path, document, entries, notices, bytes}
  }
}
