import type {Server} from 'node:http'
import type {Socket} from 'node:net'
import {codeOf} from '../../domain/errors/system-error.js'
import {refusalPage, responseText} from './callback-pages.js'

// More are never needed; beyond it the oldest goes, so that no crowd keeps the genuine one out.
const MAX_CONNECTIONS = 128
const MAX_FLUSH_MS = 1000

const GARBAGE = new Map<string, 408 | 431>([
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])

/** Answers what is no HTTP, too long or too slow, and then hangs up. */
export function answerGarbage(error: Error, socket: Socket): void {
  if (socket.writableEnded) return // each further piece of the same garbage comes here again
  if (!socket.writable || socket.bytesRead === 0) {
    socket.destroy() // gone; or opened ahead of need by the browser, and not needed
    return
  }
  socket.end(responseText(refusalPage(GARBAGE.get(codeOf(error) ?? '') ?? 400)))
  // Hanging up at once would discard the page while the other side still sends.
  setTimeout(() => socket.destroy(), MAX_FLUSH_MS).unref()
}

/** Keeps the connections, and lets the oldest go when there are too many. */
export function limitConnections(server: Server, isHeld: (socket: Socket) => boolean): Set<Socket> {
  const connections = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
    if (connections.size <= MAX_CONNECTIONS) return
    const oldest = [...connections].find((other) => !isHeld(other))
    if (oldest !== undefined) connections.delete(oldest)
    oldest?.destroy()
  })
  return connections
}
