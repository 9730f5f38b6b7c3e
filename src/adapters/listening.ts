import {once} from 'node:events'
import {createServer} from 'node:net'
import {codeOf} from '../domain/errors/system-error.js'
import type {UnopenedPort} from '../domain/login/unopened-ports.js'

/** Which of these ports of 127.0.0.1 the callback server could not open now. */
export async function unopenedPorts(ports: readonly number[]): Promise<UnopenedPort[]> {
  const tried = await Promise.all([...new Set(ports)].map(tryPort))
  return tried.filter((port) => port !== undefined)
}

async function tryPort(port: number): Promise<UnopenedPort | undefined> {
  const server = createServer((socket) => socket.destroy())
  try {
    server.listen({port, host: '127.0.0.1', exclusive: true})
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return undefined
  } catch (error) {
    return {port, code: codeOf(error) ?? 'unknown'}
  }
}
