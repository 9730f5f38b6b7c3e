import {join} from 'node:path'
import {asRecord, asText, parseJson} from '../domain/text/json.js'
import type {RememberedChoices} from '../domain/chat/model-choice.js'
import {isModelId} from '../domain/chat/model-ids.js'
import {isProviderId} from '../domain/credential/provider-table.js'
import type {FileWriter} from './file-writer.js'
import {textIfOurs} from './own-file.js'

interface ModelChoiceFileOptions {
  /** The folder of our files, absolute. */
  readonly home: string
  readonly loadWriter: () => Promise<Pick<FileWriter, 'ensureFolder' | 'replaceFile'>>
}

const MAX_CONFIRMED = 50
const MAX_MODELS = 100
const MAX_BYTES = 1024 * 1024

/**
 * `model-choices.json`: which model was chosen last for each payer and account, and which
 * credentials may pay that were meant for something else. Contains no secret. What cannot be read
 * counts as absent.
 */
export class ModelChoiceFile {
  readonly #options: ModelChoiceFileOptions
  readonly #path: string

  constructor(options: ModelChoiceFileOptions) {
    this.#options = options
    this.#path = join(options.home, 'model-choices.json')
  }

  read(): RememberedChoices {
    const contents = asRecord(parseJson(textIfOurs(this.#path, MAX_BYTES) ?? ''))
    const models = Object.entries(asRecord(contents?.models) ?? {}).filter(
      (entry): entry is [string, string] =>
        isProviderId(entry[0].split(' ')[0] ?? '') && isModelId(asText(entry[1]) ?? ''),
    )
    const {confirmed} = contents ?? {}
    return {
      models: Object.fromEntries(models),
      confirmed: Array.isArray(confirmed)
        ? confirmed.filter((value): value is string => typeof value === 'string')
        : [],
    }
  }

  /**
   * @param payer - see `payerKey`
   * @throws {LocalFileError} exit 1, with the old file unchanged
   */
  async rememberModel(payer: string, model: string): Promise<void> {
    const {models, confirmed} = this.read()
    const others = Object.entries(models).filter(([name]) => name !== payer)
    const all = [...others, [payer, model] as const].slice(-MAX_MODELS)
    await this.#store({models: Object.fromEntries(all), confirmed})
  }

  /** @throws {LocalFileError} exit 1, with the old file unchanged */
  async forgetModels(payers: readonly string[]): Promise<void> {
    const {models, confirmed} = this.read()
    const left = Object.entries(models).filter(([name]) => !payers.includes(name))
    await this.#store({models: Object.fromEntries(left), confirmed})
  }

  /** @throws {LocalFileError} exit 1, with the old file unchanged */
  async rememberConfirmed(fingerprint: string): Promise<void> {
    const {models, confirmed} = this.read()
    const all = [...confirmed.filter((one) => one !== fingerprint), fingerprint]
    await this.#store({models, confirmed: all.slice(-MAX_CONFIRMED)})
  }

  async #store(choices: RememberedChoices): Promise<void> {
    const {home, loadWriter} = this.#options
    const writer = await loadWriter()
    writer.ensureFolder(home)
    await writer.replaceFile(this.#path, `${JSON.stringify(choices)}\n`)
  }
}
