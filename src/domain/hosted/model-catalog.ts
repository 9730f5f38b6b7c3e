import {MAX_MODELS} from '../network/answer-limits.js'
import {asRecord, asText} from '../text/json.js'
import {printable} from '../text/printable.js'

/** A model that the account may call (contract 8). */
export interface ModelEntry {
  /** `provider/model`: the id in requests. */
  readonly id: string
  readonly provider: string
  readonly name: string
  /** In tokens; `null` when unknown. */
  readonly contextLength: number | null
  readonly capabilities: readonly string[]
  /** US dollars per token, as sent by the server; `null` when unknown. */
  readonly pricing: {readonly input: number | null; readonly output: number | null}
}

const LONGEST_ID = 120
const LONGEST_TEXT = 120
const MAX_CAPABILITIES = 16
const LONGEST_CAPABILITY = 40

/**
 * Reads the catalog, from the wire or from our copy. Unknown fields are left out, and so are
 * entries without an id that could be sent back unchanged; texts are printable and bounded.
 */
export function parseModels(values: readonly unknown[]): ModelEntry[] {
  return values
    .slice(0, MAX_MODELS)
    .map(parseModel)
    .filter((model) => model !== undefined)
}

function parseModel(value: unknown): ModelEntry | undefined {
  const fields = asRecord(value)
  const id = asText(fields?.id)
  // A changed id would be another model's, or nobody's.
  if (fields === undefined || id === undefined || printable(id, LONGEST_ID) !== id) return undefined
  const pricing = asRecord(fields.pricing)
  return {
    id,
    provider: textOf(fields.provider) ?? id.split('/')[0] ?? id,
    name: textOf(fields.name) ?? id,
    contextLength: tokensOf(fields.contextLength),
    capabilities: capabilitiesOf(fields.capabilities),
    pricing: {input: priceOf(pricing?.input), output: priceOf(pricing?.output)},
  }
}

function textOf(value: unknown): string | undefined {
  return asText(printable(asText(value) ?? '', LONGEST_TEXT))
}

function tokensOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

function capabilitiesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value
    .slice(0, MAX_CAPABILITIES)
    .map((item: unknown) => printable(asText(item) ?? '', LONGEST_CAPABILITY))
    .filter((text) => text !== '')
}

function priceOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}
