import type {Caller} from '../caller.js'
import type {Site} from '../site.js'
import {readRpc, RPC_ERRORS, RpcError, type RpcRequest} from './json-rpc.js'
import {type Tool, ToolError, TOOLS} from './tools.js'

const PROTOCOL_VERSION = '2025-11-25'

/**
 * The MCP server over streamable HTTP, without sessions (contract section 7): each request is
 * answered by one JSON object, a notification by 202, and nothing is sent unprompted.
 */
export async function answerMcp(request: Request, caller: Caller, site: Site): Promise<Response> {
  if (request.method !== 'POST') {
    return Response.json(errorOf(-32_000, 'Method not allowed'), {
      status: 405,
      headers: {allow: 'POST'},
    })
  }
  let id: number | string | undefined
  try {
    const rpc = readRpc(await request.text())
    if (rpc?.id === undefined) return new Response(null, {status: 202})
    id = rpc.id
    return Response.json({jsonrpc: '2.0', id, result: resultOf(rpc, caller, site)})
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    const status = id === undefined ? 400 : 200
    return Response.json(errorOf(error.code, error.message, id), {status})
  }
}

/** An error as JSON-RPC has it. */
export function errorOf(code: number, message: string, id: number | string | null = null): object {
  return {jsonrpc: '2.0', error: {code, message}, id}
}

function resultOf({method, params}: RpcRequest, caller: Caller, site: Site): object {
  switch (method) {
    case 'initialize': {
      return {
        protocolVersion: PROTOCOL_VERSION,
        capabilities: {tools: {listChanged: false}},
        serverInfo: {name: 'mogplex', version: '1.0.0'},
      }
    }
    case 'ping': {
      return {}
    }
    case 'tools/list': {
      return {tools: TOOLS.map(shownTool)}
    }
    case 'tools/call': {
      return callTool(params, caller, site)
    }
    default: {
      throw new RpcError(RPC_ERRORS.method, 'Method not found')
    }
  }
}

function shownTool({name, description, inputSchema, scope}: Tool): object {
  const annotations = scope === 'read' ? {readOnlyHint: true} : {destructiveHint: false}
  return {name, description, inputSchema, annotations}
}

function callTool(params: RpcRequest['params'], caller: Caller, site: Site): object {
  const tool = TOOLS.find(({name}) => name === params.name)
  if (!tool) throw new RpcError(RPC_ERRORS.params, 'Unknown tool')
  if (!caller.scopes.includes(tool.scope)) {
    return toolText(`This needs the scope "${tool.scope}".`, true)
  }
  const args = typeof params.arguments === 'object' ? params.arguments : {}
  try {
    return toolText(JSON.stringify(tool.run({...args}, caller, site)), false)
  } catch (error) {
    if (error instanceof ToolError) return toolText(error.message, true)
    throw error
  }
}

function toolText(text: string, isError: boolean): object {
  return {content: [{type: 'text', text}], isError}
}
