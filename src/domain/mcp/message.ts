import {asRecord, asText, parseJson} from '../text/json.js'

// Messages of the Model Context Protocol, as far as a relay has to know them: JSON-RPC 2.0. Each
// keeps its original text, which is forwarded unchanged: parsing and rewriting could change
// numbers.

export type RpcId = number | string

export interface RpcRequest {
  readonly kind: 'request'
  readonly id: RpcId
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly text: string
}

export interface RpcNotification extends Pick<RpcRequest, 'method' | 'params' | 'text'> {
  readonly kind: 'notification'
}

export interface RpcResponse {
  readonly kind: 'response'
  /** `undefined` for an error that answers no particular request. */
  readonly id: RpcId | undefined
  readonly error: {readonly code: number; readonly message: string} | undefined
  readonly text: string
}

/**
 * The content of an answer; parsed on demand, since it may be large and is usually only forwarded.
 */
export function resultOf({text}: Pick<RpcResponse, 'text'>): Record<string, unknown> | undefined {
  return asRecord(asRecord(parseJson(text))?.result)
}

export type RpcMessage = RpcNotification | RpcRequest | RpcResponse

/** The message in a text, or `undefined`. The stored text contains no line end. */
export function parseMessage(text: string): RpcMessage | undefined {
  return messageIn(parseJson(text), oneLine(text))
}

/**
 * The messages in the body of an answer: one, or a list of them, as in protocol 2025-03-26.
 * Anything that is not a message is left out.
 */
export function parseMessages(text: string): RpcMessage[] {
  const value = parseJson(text)
  const messages: readonly (RpcMessage | undefined)[] = Array.isArray(value)
    ? value.map((item: unknown) => messageIn(item, JSON.stringify(item)))
    : [messageIn(value, oneLine(text))]
  return messages.flatMap((message) => message ?? [])
}

/** Ids are numbers or strings, and `1` is not `"1"`. */
export function idKey(id: RpcId): string {
  return JSON.stringify(id)
}

function messageIn(value: unknown, text: string): RpcMessage | undefined {
  const fields = asRecord(value)
  if (fields === undefined) return undefined
  const {jsonrpc, id, method, params, result, error} = fields
  if (jsonrpc !== '2.0') return undefined
  if (typeof method === 'string') {
    const asked = {method, params: asRecord(params) ?? {}, text}
    if (id === undefined) return {kind: 'notification', ...asked}
    return isId(id) ? {kind: 'request', id, ...asked} : undefined
  }
  if (result === undefined && error === undefined) return undefined
  const failure = asRecord(error)
  return {
    kind: 'response',
    id: isId(id) ? id : undefined,
    error: failure && {
      code: typeof failure.code === 'number' ? failure.code : 0,
      message: asText(failure.message) ?? '',
    },
    text,
  }
}

function isId(value: unknown): value is RpcId {
  return typeof value === 'string' || typeof value === 'number'
}

/** In JSON a line end can occur only between tokens: there it is a blank like any other. */
function oneLine(text: string): string {
  return /[\r\n\uFEFF]/.test(text)
    ? text
        .replace(/^\uFEFF/, '')
        .replaceAll(/[\r\n]+/g, ' ')
        .trim()
    : text
}
