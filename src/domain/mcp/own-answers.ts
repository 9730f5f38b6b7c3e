import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {asRecord, asText} from '../text/json.js'
import {resultOf, type RpcId, type RpcRequest, type RpcResponse} from './message.js'

// Messages of the relay itself, to a host or to the server, never in the name of either.

/** Of JSON-RPC 2.0; -32000 and what follows are for servers to define. */
export const RPC_ERRORS = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  internal: -32_603,
  server: -32_000,
} as const

export const TOOLS_CHANGED = textOf({method: 'notifications/tools/list_changed'})
export const INITIALIZED = textOf({method: 'notifications/initialized'})

/** Versions of the Model Context Protocol, the newest first. */
const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const

export function resultText(id: RpcId, result: object): string {
  return textOf({id, result})
}

export function errorText(id: RpcId | null, code: number, message: string, data?: object): string {
  return textOf({id, error: {code, message, ...(data && {data})}})
}

/** The answer to `initialize` where the server cannot be reached. */
export function ownInitializeText(
  {id, params}: RpcRequest,
  version: string,
  trouble: MogplexError,
): string {
  return resultText(id, {
    protocolVersion: VERSIONS.find((known) => known === params.protocolVersion) ?? VERSIONS[0],
    capabilities: {tools: {listChanged: true}},
    serverInfo: {name: 'mogplex', title: 'Mogplex', version},
    instructions: `There are no tools of Mogplex now. ${sentences(trouble)} Tell this to your user. The tools appear by themselves then: this server need not be started again.`,
  })
}

/**
 * The server's answer to `initialize` with one change: it announces a list of tools that changes
 * with the account.
 */
export function announcingChanges(answer: RpcResponse): string {
  const {id, text} = answer
  const result = resultOf(answer)
  const capabilities = asRecord(result?.capabilities)
  const tools = asRecord(capabilities?.tools)
  if (id === undefined || tools === undefined || tools.listChanged === true) return text
  const announced = {...capabilities, tools: {...tools, listChanged: true}}
  return resultText(id, {...result, capabilities: announced})
}

/** The first message to a server, on behalf of the host. */
export function initializeText(id: RpcId, params: object | undefined, version: string): string {
  const own = {
    protocolVersion: VERSIONS[0],
    capabilities: {},
    clientInfo: {name: 'mogplex', version},
  }
  return textOf({id, method: 'initialize', params: params ?? own})
}

export function listToolsText(id: RpcId, cursor: string | undefined): string {
  return textOf({id, method: 'tools/list', params: cursor === undefined ? {} : {cursor}})
}

export function protocolVersionOf(answer: RpcResponse): string | undefined {
  return asText(resultOf(answer)?.protocolVersion)
}

/**
 * What went wrong with a request: as a tool's result where a tool was called, which models read.
 */
export function troubleText({id, method}: RpcRequest, trouble: MogplexError): string {
  const said = sentences(trouble)
  if (method === 'tools/call') return toolErrorText(id, said)
  const {code, remedy, exitCode} = trouble
  return errorText(id, RPC_ERRORS.server, said, {code, remedy, exitCode})
}

export function toolErrorText(id: RpcId, text: string): string {
  return resultText(id, {content: [{type: 'text', text}], isError: true})
}

function sentences({message, remedy}: MogplexError): string {
  return `${message} ${remedy}`
}

function textOf(message: object): string {
  return JSON.stringify({jsonrpc: '2.0', ...message})
}
