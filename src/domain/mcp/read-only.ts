import {asRecord, asText, parseJson} from '../text/json.js'
import {resultOf, type RpcRequest, type RpcResponse} from './message.js'
import {resultText} from './own-answers.js'

/** Methods that change nothing, besides tools that are marked as read-only. */
const READING = [
  'completion/complete',
  'initialize',
  'logging/setLevel',
  'ping',
  'prompts/get',
  'prompts/list',
  'resources/list',
  'resources/read',
  'resources/subscribe',
  'resources/templates/list',
  'resources/unsubscribe',
  'tools/list',
]

/** Whether a method other than a tool call is allowed. */
export function isReading(method: string): boolean {
  return READING.includes(method)
}

/** Which tools a list marks as read-only; a duplicate must be marked both times. */
export function readOnlyNames(answer: RpcResponse): Set<string> {
  return namesIn(toolsIn(resultOf(answer)))
}

function namesIn(tools: readonly unknown[]): Set<string> {
  const others = new Set(tools.filter((tool) => !isMarked(tool)).map(nameOf))
  return new Set(tools.flatMap((tool) => nameOf(tool) ?? []).filter((name) => !others.has(name)))
}

/** A list of tools, without those that are not read-only. */
export function readOnlyList(answer: RpcResponse): string {
  const {id, text} = answer
  const result = resultOf(answer)
  if (id === undefined || result === undefined) return text
  const tools = toolsIn(result)
  const names = namesIn(tools)
  const shown = tools.filter((tool) => names.has(nameOf(tool) ?? ''))
  return resultText(id, {...result, tools: shown})
}

/**
 * The text of a request as it was checked: the server might read a duplicate member differently.
 */
export function withoutTricks({text}: RpcRequest): string {
  return JSON.stringify(parseJson(text))
}

/** The cursor of the next page. */
export function nextCursorOf(answer: RpcResponse): string | undefined {
  return asText(resultOf(answer)?.nextCursor)
}

function toolsIn(result: ReturnType<typeof resultOf>): unknown[] {
  const tools: unknown = result?.tools
  return Array.isArray(tools) ? tools : []
}

function nameOf(tool: unknown): string | undefined {
  return asText(asRecord(tool)?.name)
}

function isMarked(tool: unknown): boolean {
  return asRecord(asRecord(tool)?.annotations)?.readOnlyHint === true
}
