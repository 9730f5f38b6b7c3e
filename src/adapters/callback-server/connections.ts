import type {Server} from 'node:http'
import type {Socket} from 'node:net'
import {codeOf} from '../../domain/errors/system-error.js'
import {refusalPage, responseText} from './callback-pages.js'

// More are never needed; beyond it the oldest goes, so that no crowd keeps the genuine one out.
const MAX_CONNECTIONS = 128
const MAX_FLUSH_MS = 1000
/** A browser sends the cookies of every port of 127.0.0.1 along, for as many as it keeps. */
export const MAX_HEADER_BYTES = 128 * 1024
// So much is what a request without such cookies may take; a few may take more at the same time.
const ORDINARY_BYTES = 16 * 1024
const MAX_LARGE = 8

const GARBAGE = new Map<string, 408 | 431>([
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])

/**
 * Answers what is not HTTP, too long or too slow, and then hangs up.
 *
 * @param onTooLong - told of a request that is too long: what the page says of it
 */
export function answerGarbage(error: Error, socket: Socket, onTooLong: () => string): void {
  if (socket.writableEnded) return // each further piece of the same garbage comes here again
  if (!socket.writable || socket.bytesRead === 0) {
    socket.destroy() // gone; or opened ahead of need by the browser, and not needed
    return
  }
  const status = GARBAGE.get(codeOf(error) ?? '') ?? 400
  socket.end(responseText(refusalPage(status, status === 431 ? onTooLong() : undefined)))
  // Hanging up at once would discard the page while the other side still sends.
  setTimeout(() => socket.destroy(), MAX_FLUSH_MS).unref()
}

/** Keeps the connections, and lets the oldest go when there are too many, or too many large ones. */
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
