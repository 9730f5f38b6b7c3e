import type {Interceptor} from '@mogplex/local-cloud'
import {once} from 'node:events'
import {createServer, type IncomingMessage, request as ask, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {buffer} from 'node:stream/consumers'

/** A received request, including its credential: do not print it. */
export interface ArrivedRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly authorization: string | null
  /** The grant type of a request to a token endpoint, such as `refresh_token`. */
  readonly grantType?: string
  status?: number
}

interface FrontServer {
  readonly origin: string
  /** Every request so far, oldest first. */
  readonly requests: ArrivedRequest[]
  /**
   * Runs a function before the server behind it, like the local cloud's. @returns a function that
   * removes it
   */
  intercept(interceptor: Interceptor): () => void
  close(): Promise<void>
}

interface Options {
  /** Answers requests that no interceptor answers. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void
  /** Sees each request and its answer. */
  readonly watch: (request: Request, response?: Response) => Promise<void>
}

const BODILESS = new Set([204, 205, 304])

/** A small proxy on a free port of 127.0.0.1, for a server that only it can reach. */
export async function startFrontServer({handle, watch}: Options): Promise<FrontServer> {
  const behind = createServer(handle)
  const behindPort = await listen(behind)
  const requests: ArrivedRequest[] = []
  const interceptors: Interceptor[] = []

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await buffer(incoming)
    const request = requestOf(incoming, body)
    const {pathname} = new URL(request.url)
    const authorization = request.headers.get('authorization')
    const grantType = new URLSearchParams(body.toString()).get('grant_type')
    const seen: ArrivedRequest = {
      method: request.method,
      path: pathname,
      authorization,
      ...(grantType !== null && {grantType}),
    }
    requests.push(seen)
    await watch(request.clone())
    let served: Promise<Response> | undefined
    const serve = async () => (await (served ??= pass(incoming, body, behindPort))).clone()
    let response: Awaited<ReturnType<Interceptor>>
    for (const interceptor of [...interceptors]) {
      response = await interceptor(request.clone(), serve)
      if (response !== undefined) break
    }
    response ??= await serve()
    if (response === 'hang') return
    if (response === 'drop') {
      incoming.socket.destroy()
      return
    }
    seen.status = response.status
    await watch(request, response.clone())
    await write(response, outgoing)
  }

  const front = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500).end(String(error))
    })
  })
  // Only clients close idle connections: otherwise one could be reused in that very moment.
  front.keepAliveTimeout = 0
  const port = await listen(front)
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    intercept(interceptor) {
      interceptors.unshift(interceptor)
      return () => void interceptors.splice(interceptors.indexOf(interceptor), 1)
    },
    async close() {
      for (const server of [front, behind]) {
        const ended = new Promise((resolve) => server.close(resolve))
        server.closeAllConnections()
        await ended
      }
    },
  }
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function requestOf({method = 'GET', url = '/', headers}: IncomingMessage, body: Buffer): Request {
  const named = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  return new Request(`http://${headers.host ?? ''}${url}`, {
    method,
    headers: named.filter(([name]) => name !== 'connection' && name !== 'host'),
    ...(body.length > 0 && {body: new Uint8Array(body)}),
  })
}

/** With the requested `Host`: the server behind it builds its addresses from it. */
async function pass(incoming: IncomingMessage, body: Buffer, port: number): Promise<Response> {
  const {method, url, headers} = incoming
  const outgoing = ask({host: '127.0.0.1', port, method, path: url, headers, agent: false})
  outgoing.end(body)
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  const {statusCode: status = 502, rawHeaders} = answer
  const content = await buffer(answer)
  const pairs = rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  )
  const kept = pairs.filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/i.test(name))
  return new Response(BODILESS.has(status) ? null : new Uint8Array(content), {
    status,
    headers: kept,
  })
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  const content = Buffer.from(await response.arrayBuffer())
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) {
    if (!/^(content-length|set-cookie)$/i.test(name)) outgoing.setHeader(name, value)
  }
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  outgoing.end(content)
}
