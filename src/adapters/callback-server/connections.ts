import type {Server} from 'node:http'
import type {Socket} from 'node:net'
import {codeOf} from '../../domain/errors/system-error.js'
import {refusalPage, responseText} from './callback-pages.js'

// More are never needed; beyond it the oldest is closed, so that others cannot block the genuine
// one.
const MAX_CONNECTIONS = 128
const MAX_FLUSH_MS = 1000
/** A browser sends the cookies of all ports of 127.0.0.1, as many as it stores. */
export const MAX_HEADER_BYTES = 128 * 1024
// The size limit of a request without such cookies; a few may be larger at the same time.
const ORDINARY_BYTES = 16 * 1024
const MAX_LARGE = 8

const GARBAGE = new Map<string, 408 | 431>([
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])

/**
 * Answers what is not HTTP, too long or too slow, and then closes the connection.
 *
 * @param onTooLong - called for a request that is too long; returns the page's text
 */
export function answerGarbage(error: Error, socket: Socket, onTooLong: () => string): void {
  // further data of the same invalid request also triggers this event
  if (socket.writableEnded) return
  if (!socket.writable || socket.bytesRead === 0) {
    socket.destroy() // closed, or a speculative connection of the browser
    return
  }
  const status = GARBAGE.get(codeOf(error) ?? '') ?? 400
  socket.end(responseText(refusalPage(status, status === 431 ? onTooLong() : undefined)))
  // Closing immediately would discard the page while the other side still sends.
  setTimeout(() => socket.destroy(), MAX_FLUSH_MS).unref()
}

/**
 * Tracks the connections, and closes the oldest when there are too many, or too many large ones.
 */
export function limitConnections(server: Server, isHeld: (socket: Socket) => boolean): Set<Socket> {
  const connections = new Set<Socket>()
  const large = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.once('close', () => {
      connections.delete(socket)
      large.delete(socket)
    })
    letGo(connections, MAX_CONNECTIONS)
    socket.on('data', () => {
      if (socket.bytesRead > ORDINARY_BYTES) letGo(large.add(socket), MAX_LARGE)
    })
  })
  return connections

  function letGo(sockets: Set<Socket>, most: number): void {
    if (sockets.size <= most) return
    const oldest = [...sockets].find((other) => !isHeld(other))
    if (oldest !== undefined) sockets.delete(oldest)
    oldest?.destroy()
  }
}
