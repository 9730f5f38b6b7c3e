import {asRecord, asText, parseJson} from '../text/json.js'
import type {RpcRequest, RpcResponse} from './message.js'
import {resultText} from './own-answers.js'

/** What can be asked without changing anything, besides tools that say so of themselves. */
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

/** Whether a method, other than the call of a tool, may be asked for. */
export function isReading(method: string): boolean {
  return READING.includes(method)
}

/** Which tools a list marks as read-only; one that stands there twice has to be marked both times. */
export function readOnlyNames({result}: Pick<RpcResponse, 'result'>): Set<string> {
  const tools = toolsIn(result)
  const others = new Set(tools.filter((tool) => !isMarked(tool)).map(nameOf))
  return new Set(tools.flatMap((tool) => nameOf(tool) ?? []).filter((name) => !others.has(name)))
}

/** A list of tools, without those that are not read-only. */
export function readOnlyList({id, result, text}: RpcResponse): string {
  if (id === undefined || result === undefined) return text
  const names = readOnlyNames({result})
  const tools = toolsIn(result).filter((tool) => names.has(nameOf(tool) ?? ''))
  return resultText(id, {...result, tools})
}

/**
 * The text of a request as it was judged: a member that stands there twice might be read otherwise by
 * the server.
 */
export function withoutTricks({text}: RpcRequest): string {
  return JSON.stringify(parseJson(text))
}

/** Where a list goes on. */
export function nextCursorOf(result: RpcResponse['result']): string | undefined {
  return asText(result?.nextCursor)
}

function toolsIn(result: RpcResponse['result']): unknown[] {
  const tools: unknown = result?.tools
  return Array.isArray(tools) ? tools : []
}

function nameOf(tool: unknown): string | undefined {
  return asText(asRecord(tool)?.name)
}

function isMarked(tool: unknown): boolean {
  return asRecord(asRecord(tool)?.annotations)?.readOnlyHint === true
}
