import {once} from 'node:events'
import {createServer, type IncomingMessage} from 'node:http'
import {type AddressInfo, connect, type Socket} from 'node:net'
import type {Duplex} from 'node:stream'
import {onCleanup} from './cleanup.js'

export interface ProxyOptions {
  /** The local ports that stand for outside hosts: a port by `host:port`. */
  readonly hosts?: Readonly<Record<string, number>>
  /** The required `user:password`; others get 407. */
  readonly credentials?: string
  /** A raw answer to every request instead; empty for silence. */
  readonly answer?: string
}

export interface RunningProxy {
  readonly port: number
  /** `127.0.0.1:PORT`. */
  readonly host: string
  /** The first lines of the requests, such as `CONNECT mogplex.com:443`. */
  readonly requests: string[]
  /** The number of open connections. */
  connections: () => number
}

/** Runs an HTTP proxy on this machine: tunnels only (RFC 9110 §9.3.6). */
export async function startProxy({
  hosts = {},
  credentials,
  answer,
}: ProxyOptions = {}): Promise<RunningProxy> {
  const requests: string[] = []
  const sockets = new Set<Duplex>()
  const keep = (socket: Duplex): void => {
    sockets.add(socket)
    socket.on('error', () => undefined) // either side may cut the connection
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((request, response) => {
    requests.push(firstLine(request))
    response.writeHead(405).end()
  })
  server.on('connection', (socket: Socket) => keep(socket))
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    requests.push(firstLine(request))
    if (answer !== undefined) {
      if (answer === '') socket.resume().once('end', () => socket.end())
      else socket.end(answer)
      return
    }
    if (credentials !== undefined && userPassOf(request) !== credentials) {
      socket.end('HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n')
      return
    }
    const port = hosts[request.url ?? '']
    if (port === undefined) {
      socket.end('HTTP/1.1 502 Unknown\r\nContent-Length: 7\r\n\r\nunknown')
      return
    }
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    keep(upstream)
    upstream.on('close', () => socket.destroy())
    socket.on('close', () => upstream.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const {port} = server.address() as AddressInfo
  return {port, host: `127.0.0.1:${port}`, requests, connections: () => sockets.size}
}

function firstLine({method, url}: IncomingMessage): string {
  return `${method ?? ''} ${url ?? ''}`
}

function userPassOf({headers}: IncomingMessage): string {
  const [, value = ''] = /^Basic (.+)$/.exec(headers['proxy-authorization'] ?? '') ?? []
  return Buffer.from(value, 'base64').toString()
}
