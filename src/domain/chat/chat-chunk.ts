import type {ChatUsage} from './chat.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {printable} from '../text/printable.js'

/** The content of one frame of a stream, or of one whole answer. */
export interface ChatChunk {
  /** A failure after the answer has begun still has status 200 (contract 10). */
  readonly error?: string
  readonly text?: string
  readonly model?: string
  readonly finish?: string
  readonly usage?: ChatUsage
}

const LONGEST_NAME = 120
const LONGEST_SENTENCE = 500

/**
 * Reads a frame (`choices[].delta`) or a whole answer (`choices[].message`). Tool calls and the
 * model's reasoning are left out.
 *
 * @returns `undefined` where it is not a JSON object; an empty chunk for frames of another kind
 */
export function parseChatChunk(json: string): ChatChunk | undefined {
  const parsed = parseJson(json)
  // Google wraps its errors in a list.
  const fields = asRecord(Array.isArray(parsed) ? parsed[0] : parsed)
  if (fields === undefined) return undefined
  const error = errorText(fields)
  if (error !== undefined) return {error}
  const choice = firstOf(fields.choices)
  const said = asRecord(choice?.delta) ?? asRecord(choice?.message)
  const text = textOf(said?.content)
  const model = nameOf(fields.model)
  const finish = nameOf(choice?.finish_reason)
  const usage = usageOf(fields.usage)
  return {
    ...(text !== '' && {text}),
    ...(model !== undefined && {model}),
    ...(finish !== undefined && {finish}),
    ...(usage !== undefined && {usage}),
  }
}

/**
 * The server's description of what went wrong: `error` is a text, or an object with one (contract
 * 10).
 */
function errorText(fields: Readonly<Record<string, unknown>>): string | undefined {
  const {error, message, object} = fields
  const isError = error !== undefined && error !== null && error !== false
  if (!isError && object !== 'error') return undefined
  const text = asText(error) ?? asText(asRecord(error)?.message) ?? asText(message)
  return asText(printable(text ?? '', LONGEST_SENTENCE)) ?? 'it does not say why'
}

/** The only choice that is requested, or the first where a server sends more. */
function firstOf(choices: unknown): Record<string, unknown> | undefined {
  return Array.isArray(choices) ? asRecord(choices[0]) : undefined
}

/** A text, or a list of parts of which some are text. */
function textOf(content: unknown): string {
  if (!Array.isArray(content)) return asText(content) ?? ''
  return content
    .map((part) => asRecord(part))
    .map((part) => (part?.type === 'text' ? asText(part.text) : undefined) ?? '')
    .join('')
}

function nameOf(value: unknown): string | undefined {
  return asText(printable(asText(value) ?? '', LONGEST_NAME))
}

function usageOf(value: unknown): ChatUsage | undefined {
  const fields = asRecord(value)
  const [promptTokens, completionTokens] = [
    tokensOf(fields?.prompt_tokens),
    tokensOf(fields?.completion_tokens),
  ]
  if (promptTokens === undefined || completionTokens === undefined) return undefined
  const totalTokens = tokensOf(fields?.total_tokens) ?? promptTokens + completionTokens
  return {promptTokens, completionTokens, totalTokens}
}

function tokensOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
