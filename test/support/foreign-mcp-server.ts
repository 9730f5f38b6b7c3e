import {McpServer} from '@modelcontextprotocol/sdk/server/mcp.js'
import {WebStandardStreamableHTTPServerTransport as Transport} from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import {
  CallToolRequestSchema,
  isInitializeRequest,
  ListToolsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import {randomUUID} from 'node:crypto'
import {once} from 'node:events'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'
import {onCleanup} from './cleanup.js'

export const FOREIGN_KEY = 'mog_0123456789abcdefghijklmnopqrstuv'
const PATH = '/api/v1/mogplex/mcp'

interface Asked {
  readonly method: string
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

/** Replaces the server's answer. @returns whether it has answered */
type Fault = (asked: Asked, response: ServerResponse) => Promise<boolean> | boolean

/**
 * An MCP server that is not the hosted one, built with the official SDK: it has sessions, streams
 * its answers, sends requests to the host, and has tools with and without annotations. Ends with
 * the test.
 */
export interface ForeignMcpServer {
  readonly url: string
  readonly asked: readonly Asked[]
  /** How many times the tool `count` ran. */
  readonly counted: () => number
  /** The cancelled calls. */
  readonly cancelled: () => number
  readonly sessions: () => number
  /** Sets a fault; removes it when absent. */
  setFault(fault?: Fault): void
  /** Forgets all sessions, like a server after a restart. */
  forget(): Promise<void>
  /** Notifies all sessions that the tools have changed. */
  sayChanged(): Promise<void>
  addTool(name: string, isReadOnly?: boolean): void
}

interface Tool {
  readonly name: string
  readonly annotations?: {readOnlyHint?: boolean}
}

const TOOLS: readonly Tool[] = [
  {name: 'echo', annotations: {readOnlyHint: true}},
  {name: 'big', annotations: {readOnlyHint: true}},
  {name: 'steps', annotations: {readOnlyHint: true}},
  {name: 'wait'},
  {name: 'count', annotations: {readOnlyHint: false}},
  {name: 'ask', annotations: {}},
  {name: 'poll'},
]

export async function startForeignMcpServer({
  answersJson = false,
}: {answersJson?: boolean} = {}): Promise<ForeignMcpServer> {
  const tools = [...TOOLS]
  const asked: Asked[] = []
  const sessions = new Map<string, {server: McpServer; transport: Transport}>()
  let fault: Fault | undefined
  let [counted, cancelled] = [0, 0]

  const begin = async (): Promise<Transport> => {
    const transport: Transport = new Transport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: answersJson,
      eventStore: memoryStore(),
      retryInterval: 10,
      onsessioninitialized: (id) => void sessions.set(id, {server: mcp, transport}),
    })
    const mcp = new McpServer(
      {name: 'foreign', version: '9.9.9'},
      {capabilities: {logging: {}, tools: {listChanged: true}}, instructions: 'Ask away.'},
    )
    const {server} = mcp
    server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: tools.map((tool) => ({...tool, inputSchema: {type: 'object' as const}})),
    }))
    server.setRequestHandler(CallToolRequestSchema, async ({params}, extra) => {
      const {name, arguments: args = {}, _meta: meta} = params
      const say = (said: string) => ({content: [{type: 'text' as const, text: said}]})
      if (name === 'count') counted += 1
      if (name === 'big') return say('x'.repeat(Number(args.size)))
      if (name === 'wait') {
        await new Promise((resolve) => {
          extra.signal.addEventListener('abort', resolve, {once: true})
        })
        cancelled += 1
      }
      if (name === 'steps') {
        for (let progress = 1; progress <= 3; progress += 1) {
          const token = meta?.progressToken ?? 0
          const told = {progressToken: token, progress, total: 3}
          await extra.sendNotification({method: 'notifications/progress', params: told})
        }
      }
      if (name === 'ask') {
        const {content} = await server.createMessage(
          {messages: [], maxTokens: 1},
          {
            relatedRequestId: extra.requestId,
          },
        )
        return say(JSON.stringify(content))
      }
      if (name === 'poll') {
        extra.closeSSEStream?.()
        await extra.sendNotification({
          method: 'notifications/message',
          params: {level: 'info', data: 'meanwhile'},
        })
      }
      return say(`${name} ${JSON.stringify(args)}`)
    })
    await mcp.connect(transport)
    return transport
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const {method = '', headers, url} = request
    const body = await text(request)
    const one = {method, headers, body}
    asked.push(one)
    if (fault !== undefined && (await fault(one, response))) return
    if (headers.authorization !== `Bearer ${FOREIGN_KEY}`) {
      response.writeHead(401, {'www-authenticate': 'Bearer'}).end()
      return
    }
    if (url !== PATH) {
      response.writeHead(404).end()
      return
    }
    const parsedBody: unknown = body === '' ? undefined : JSON.parse(body)
    const session = sessions.get(String(headers['mcp-session-id']))
    const transport =
      session?.transport ?? (isInitializeRequest(parsedBody) ? await begin() : undefined)
    if (transport !== undefined) {
      const asRequest = new Request(`http://${String(headers.host)}${url}`, {
        method,
        headers: new Headers(headers as Record<string, string>),
        ...(body !== '' && {body}),
      })
      await pipe(await transport.handleRequest(asRequest, {parsedBody}), response)
    } else response.writeHead(404, {'content-type': 'application/json'}).end(LOST)
  }

  const server = createServer((request, response) => {
    response.on('error', () => undefined)
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    counted: () => counted,
    cancelled: () => cancelled,
    sessions: () => sessions.size,
    setFault(next) {
      fault = next
    },
    async forget() {
      for (const {transport} of sessions.values()) await transport.close()
      sessions.clear()
    },
    async sayChanged() {
      for (const each of sessions.values()) await each.server.server.sendToolListChanged()
    },
    addTool(name, isReadOnly) {
      tools.push({name, ...(isReadOnly !== undefined && {annotations: {readOnlyHint: isReadOnly}})})
    },
  }
}

async function pipe({status, headers, body}: Response, to: ServerResponse): Promise<void> {
  to.writeHead(status, Object.fromEntries(headers))
  if (body === null) {
    to.end()
    return
  }
  const reader = body.getReader()
  to.once('close', () => void reader.cancel().catch(() => undefined))
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (!to.write(next.value)) await once(to, 'drain')
  }
  to.end()
}

const LOST = JSON.stringify({
  jsonrpc: '2.0',
  error: {code: -32_001, message: 'Session not found'},
  id: null,
})

type EventStore = NonNullable<NonNullable<ConstructorParameters<typeof Transport>[0]>['eventStore']>

/** Makes streams resumable. */
function memoryStore(): EventStore {
  const events: {stream: string; id: string; message: Parameters<EventStore['storeEvent']>[1]}[] =
    []
  return {
    async storeEvent(stream, message) {
      const id = `${stream}_${events.length}`
      events.push({stream, id, message})
      return Promise.resolve(id)
    },
    async replayEventsAfter(last, {send}) {
      const index = events.findIndex(({id}) => id === last)
      const stream = events[index]?.stream ?? ''
      const missed = events.slice(index + 1).filter((event) => event.stream === stream)
      for (const {id, message} of missed) await send(id, message)
      return stream
    },
  }
}
