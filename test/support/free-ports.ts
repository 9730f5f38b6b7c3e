import {once} from 'node:events'
import {createServer, type Server} from 'node:net'
import {onCleanup} from './cleanup.js'

// Below the ephemeral ports, so that outgoing connections do not use them.
const LOWEST = 12_000
const HIGHEST = 31_999
/** Ports that may really be in use here: the CLI's own, and the local cloud's. */
const TAKEN = new Set([24_800, 24_816, 24_818])

/** Two ports of 127.0.0.1 that nothing listens on now. */
export async function twoFreePorts(): Promise<readonly [number, number]> {
  const first = await freePort()
  let second = await freePort()
  while (second === first) second = await freePort()
  return [first, second]
}

/** Occupies a port for the rest of the test, like another program, and sends nothing there. */
export async function occupy(port: number): Promise<Server> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => void server.close())
  return server
}

/** Whether a program could listen there now. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  server.listen({port, host: '127.0.0.1', exclusive: true})
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1))
    if (!TAKEN.has(port) && (await isFree(port))) return port
  }
}
