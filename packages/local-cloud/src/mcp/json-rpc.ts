/** A JSON-RPC 2.0 request; a notification has no id. */
export interface RpcRequest {
  readonly id?: number | string
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** The JSON-RPC 2.0 error codes that are used here. */
export const RPC_ERRORS = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
} as const

/** Ends a request with a JSON-RPC error. */
export class RpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

/**
 * Reads one request or notification. Batches were removed in protocol 2025-06-18.
 *
 * @returns `undefined` for a response of the client, which has no method
 * @throws {RpcError} when it is neither
 */
export function readRpc(text: string): RpcRequest | undefined {
  const message = parse(text)
  if (typeof message !== 'object' || message === null || Array.isArray(message)) throw malformed()
  const {jsonrpc, id, method, params}: Readonly<Record<string, unknown>> = {...message}
  if (jsonrpc !== '2.0') throw malformed()
  if (method === undefined && id !== undefined) return
  if (typeof method !== 'string' || !(id === undefined || isId(id))) throw malformed()
  return {...(id !== undefined && {id}), method, params: objectOf(params)}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RpcError(RPC_ERRORS.parse, 'Parse error')
  }
}

function malformed(): RpcError {
  return new RpcError(RPC_ERRORS.request, 'Invalid request')
}

function isId(id: unknown): id is number | string {
  return typeof id === 'string' || typeof id === 'number'
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? {...value} : {}
}
