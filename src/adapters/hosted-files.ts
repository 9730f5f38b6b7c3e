import {rmSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {LocalFileError} from '../domain/errors/local-files.js'
import {whyOf} from '../domain/errors/system-error.js'
import {
  type HostedAccount,
  type HostedCopy,
  type HostedCounts,
  type HostedList,
  isSameAccount,
  parseAccount,
} from '../domain/hosted/hosted-state.js'
import {asRecord, asText, parseJson} from '../domain/text/json.js'
import {type McpServerEntry, parseStoredMcpServers} from '../domain/hosted/mcp-servers.js'
import {type ModelEntry, parseModels} from '../domain/hosted/model-catalog.js'
import type {FileWriter} from './file-writer.js'
import {isOwnFolder, textIfOurs} from './own-file.js'
import {whileHeld} from './held-file.js'

export interface HostedFilesOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  readonly loadWriter: () => Promise<Pick<FileWriter, 'ensureFolder' | 'replaceFile'>>
  /** Removes secrets from a text: a server may put anything into a name. */
  readonly redact: (text: string) => Promise<string>
}

export interface ClearedCopies {
  /** How many models and servers the removed copies contained. */
  readonly counts: HostedCounts
  /** One for each file that cannot be removed: exit 1. */
  readonly failures: readonly LocalFileError[]
}

const FOLDER = 'hosted'
/** The size limit of our copies: the parsers limit what is stored. */
const MAX_BYTES = 8 * 1024 * 1024

/** Where a list is stored, under which member, and how its entries are read. */
interface Place<T> {
  readonly file: string
  readonly member: string
  readonly parse: (values: readonly unknown[]) => T[]
}

const MODELS: Place<ModelEntry> = {file: 'models.json', member: 'models', parse: parseModels}
const MCP_SERVERS: Place<McpServerEntry> = {
  file: 'mcp-servers.json',
  member: 'servers',
  parse: parseStoredMcpServers,
}

interface Known {
  readonly stamp: string
  readonly contents: Record<string, unknown> | undefined
}

/** Records that a prompt was refused for lack of balance, and for which account. */
const NO_BALANCE = 'no-balance.json'

/**
 * `hosted/models.json` and `hosted/mcp-servers.json`: the last synced copies, each with its account
 * and time; and, until the models are synced again, the record that a prompt was refused for lack
 * of balance. They contain no secret. They are a cache: what cannot be read counts as absent.
 */
export class HostedFiles {
  readonly #home: string
  readonly #folder: string
  readonly #loadWriter: HostedFilesOptions['loadWriter']
  readonly #redact: HostedFilesOptions['redact']
  /** The last read copy: the app asks every second. */
  readonly #known = new Map<string, Known>()

  constructor({home, loadWriter, redact}: HostedFilesOptions) {
    this.#redact = redact
    this.#home = home
    this.#folder = join(home, FOLDER)
    this.#loadWriter = loadWriter
  }

  /** The copy of this account, or `undefined`. */
  readModels(account: HostedAccount): HostedCopy<ModelEntry> | undefined {
    return this.#readOf(MODELS, account)
  }

  /** The copy of this account, or `undefined`. */
  readMcpServers(account: HostedAccount): HostedCopy<McpServerEntry> | undefined {
    return this.#readOf(MCP_SERVERS, account)
  }

  /** The account of a stored copy; `undefined` where there is none. */
  ownerOf(list: HostedList): HostedAccount | undefined {
    return this.#read<unknown>(list === 'models' ? MODELS : MCP_SERVERS)?.account
  }

  /** Whether a prompt of this account was refused for lack of balance since the last sync. */
  hasNoBalance(account: HostedAccount): boolean {
    return isSameAccount(parseAccount(this.#contents(NO_BALANCE)?.account), account)
  }

  /** @throws {LocalFileError} exit 1, with the old copy unchanged */
  async storeModels(copy: HostedCopy<ModelEntry>): Promise<void> {
    await this.#store(MODELS, copy)
    this.forgetNoBalance()
  }

  /** @throws {LocalFileError} exit 1 */
  async noteNoBalance(account: HostedAccount, refusedAt: Date): Promise<void> {
    await this.#write(NO_BALANCE, {account, refusedAt: refusedAt.toISOString()})
  }

  /** Never throws: the next sync removes it instead. */
  forgetNoBalance(): void {
    this.#remove(NO_BALANCE, [])
  }

  /** @throws {LocalFileError} exit 1, with the old copy unchanged */
  async storeMcpServers(copy: HostedCopy<McpServerEntry>): Promise<void> {
    await this.#store(MCP_SERVERS, copy)
  }

  /**
   * Removes copies independently of each other. Never throws.
   *
   * @param which - called with the account of a copy, or `undefined` where that cannot be read; all
   *   copies when absent
   */
  clear(which: (account: HostedAccount | undefined) => boolean = () => true): ClearedCopies {
    const failures: LocalFileError[] = []
    const models = this.#clear(MODELS, which, failures)
    const mcpServers = this.#clear(MCP_SERVERS, which, failures)
    if (which(parseAccount(this.#contents(NO_BALANCE)?.account))) this.#remove(NO_BALANCE, failures)
    return {counts: {models, mcpServers}, failures}
  }

  #readOf<T>(place: Place<T>, account: HostedAccount): HostedCopy<T> | undefined {
    const copy = this.#read(place)
    return isSameAccount(copy?.account, account) ? copy : undefined
  }

  #read<T>({file, member, parse}: Place<T>): HostedCopy<T> | undefined {
    const contents = this.#contents(file)
    const account = parseAccount(contents?.account)
    const syncedAt = new Date(asText(contents?.syncedAt) ?? '')
    const values = contents?.[member]
    if (account === undefined || !Array.isArray(values)) return undefined
    if (Number.isNaN(syncedAt.getTime())) return undefined
    const entries = parse(values)
    // An empty list would look like an account without entries.
    if (entries.length === 0 && values.length > 0) return undefined
    return {account, syncedAt, entries}
  }

  #contents(file: string): Record<string, unknown> | undefined {
    if (!isOwnFolder(this.#folder)) return undefined
    const path = join(this.#folder, file)
    const stamp = stampOf(path)
    const known = this.#known.get(file)
    if (stamp !== undefined && known?.stamp === stamp) return known.contents
    const contents = asRecord(parseJson(textIfOurs(path, MAX_BYTES) ?? ''))
    if (stamp === undefined) this.#known.delete(file)
    else this.#known.set(file, {stamp, contents})
    return contents
  }

  async #store<T>({file, member}: Place<T>, copy: HostedCopy<T>): Promise<void> {
    const {account, syncedAt, entries} = copy
    await this.#write(file, {account, syncedAt: syncedAt.toISOString(), [member]: entries})
  }

  async #write(file: string, contents: object): Promise<void> {
    const writer = await this.#loadWriter()
    writer.ensureFolder(this.#home, FOLDER)
    const text = await this.#redact(`${JSON.stringify(contents)}\n`)
    await writer.replaceFile(join(this.#folder, file), text)
  }

  #clear<T>(
    place: Place<T>,
    which: (account: HostedAccount | undefined) => boolean,
    failures: LocalFileError[],
  ): number {
    const copy = this.#read(place)
    if (!which(copy?.account)) return 0
    return this.#remove(place.file, failures) ? (copy?.entries.length ?? 0) : 0
  }

  #remove(file: string, failures: LocalFileError[]): boolean {
    if (!isOwnFolder(this.#folder)) return false
    const path = join(this.#folder, file)
    try {
      whileHeld(() => rmSync(path, {force: true}))
      return true
    } catch (error) {
      failures.push(
        new LocalFileError(`${path} cannot be removed: ${whyOf(error)}.`, 'Remove it yourself.'),
      )
      return false
    }
  }
}

/** Changes whenever the file or its mode does; `undefined` where there is none. */
function stampOf(path: string): string | undefined {
  try {
    const {ino, size, mtimeNs, ctimeNs} = statSync(path, {bigint: true})
    return [ino, size, mtimeNs, ctimeNs].join()
  } catch {
    return undefined
  }
}
