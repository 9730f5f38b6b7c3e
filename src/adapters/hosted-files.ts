import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {LocalFileError} from '../domain/errors/local-files.js'
import {whyOf} from '../domain/errors/system-error.js'
import {
  type HostedAccount,
  type HostedCopy,
  type HostedCounts,
  type HostedList,
  isSameAccount,
} from '../domain/hosted/hosted-state.js'
import {asRecord, asText, parseJson} from '../domain/text/json.js'
import {type McpServerEntry, parseStoredMcpServers} from '../domain/hosted/mcp-servers.js'
import {type ModelEntry, parseModels} from '../domain/hosted/model-catalog.js'
import type {FileWriter} from './file-writer.js'
import {isOwnFolder, textIfOurs} from './own-file.js'

export interface HostedFilesOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  readonly loadWriter: () => Promise<Pick<FileWriter, 'ensureFolder' | 'replaceFile'>>
  /** Takes secrets out of a text: a server may put anything into a name. */
  readonly redact: (text: string) => Promise<string>
}

export interface ClearedCopies {
  /** How many models and servers were in what was removed. */
  readonly counts: HostedCounts
  /** One for each file that cannot be removed: exit 1. */
  readonly failures: readonly LocalFileError[]
}

const FOLDER = 'hosted'
/** No copy of ours is larger: the parsers bound what is stored. */
const MOST_BYTES = 8 * 1024 * 1024

/** Where a list is kept, under which member, and how its entries are read. */
interface Place<T> {
  readonly file: string
  readonly member: string
  readonly parse: (values: readonly unknown[]) => T[]
}

const MODELS: Place<ModelEntry> = {file: 'models.json', member: 'models', parse: parseModels}
const MCP_SERVERS: Place<McpServerEntry> = {
  ...{file: 'mcp-servers.json', member: 'servers', parse: parseStoredMcpServers},
}

/**
 * `hosted/models.json` and `hosted/mcp-servers.json`: the last synced copies, each with whose it is
 * and from when. No secret is in them. They are a cache: what cannot be read is not there.
 */
export class HostedFiles {
  readonly #home: string
  readonly #folder: string
  readonly #loadWriter: HostedFilesOptions['loadWriter']
  readonly #redact: HostedFilesOptions['redact']

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

  /** Whose copy of a list there is; `undefined` where there is none. */
  ownerOf(list: HostedList): HostedAccount | undefined {
    return this.#read<unknown>(list === 'models' ? MODELS : MCP_SERVERS)?.account
  }

  /** @throws {LocalFileError} exit 1, with the old copy as it was */
  async storeModels(copy: HostedCopy<ModelEntry>): Promise<void> {
    await this.#store(MODELS, copy)
  }

  /** @throws {LocalFileError} exit 1, with the old copy as it was */
  async storeMcpServers(copy: HostedCopy<McpServerEntry>): Promise<void> {
    await this.#store(MCP_SERVERS, copy)
  }

  /**
   * Removes copies, each whatever becomes of the other. Never throws.
   *
   * @param which - asked with whose a copy is, or `undefined` where that cannot be read; all of
   *   them when absent
   */
  clear(which: (account: HostedAccount | undefined) => boolean = () => true): ClearedCopies {
    const failures: LocalFileError[] = []
    const models = this.#clear(MODELS, which, failures)
    const mcpServers = this.#clear(MCP_SERVERS, which, failures)
    return {counts: {models, mcpServers}, failures}
  }

  #readOf<T>(place: Place<T>, account: HostedAccount): HostedCopy<T> | undefined {
    const copy = this.#read(place)
    return isSameAccount(copy?.account, account) ? copy : undefined
  }

  #read<T>({file, member, parse}: Place<T>): HostedCopy<T> | undefined {
    if (!isOwnFolder(this.#folder)) return undefined
    const contents = asRecord(parseJson(textIfOurs(join(this.#folder, file), MOST_BYTES) ?? ''))
    const owner = asRecord(contents?.account)
    const [issuer, id] = [asText(owner?.issuer), asText(owner?.id)]
    const baseUrl = asText(owner?.baseUrl)
    const syncedAt = new Date(asText(contents?.syncedAt) ?? '')
    const values = contents?.[member]
    if (issuer === undefined || id === undefined || !Array.isArray(values)) return undefined
    if (Number.isNaN(syncedAt.getTime())) return undefined
    return {
      account: {issuer, ...(baseUrl !== undefined && {baseUrl}), id},
      syncedAt,
      entries: parse(values),
    }
  }

  async #store<T>({file, member}: Place<T>, copy: HostedCopy<T>): Promise<void> {
    const {account, syncedAt, entries} = copy
    const contents = {account, syncedAt: syncedAt.toISOString(), [member]: entries}
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
    if (!isOwnFolder(this.#folder)) return 0
    const path = join(this.#folder, place.file)
    try {
      rmSync(path, {force: true})
      return copy?.entries.length ?? 0
    } catch (error) {
      failures.push(
        new LocalFileError(`${path} cannot be removed: ${whyOf(error)}.`, 'Remove it yourself.'),
      )
      return 0
    }
  }
}
