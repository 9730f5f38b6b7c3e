import type {IncomingMessage, ServerResponse} from 'node:http'
import {pipeline} from 'node:stream/promises'

const MAX_BYTES = 1_000_000

/**
 * Reads a request from the wire, body included.
 *
 * @param base - the origin of this server; the client's name for it does not matter
 * @throws {Error} when it cannot be a valid request, or is larger than 1 MB
 */
export async function readRequest(message: IncomingMessage, base: string): Promise<Request> {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const method = message.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? null : await readBody(message)
  return new Request(new URL(base + (message.url ?? '/')), {method, headers, body})
}

/**
 * Writes an answer to the wire, server-sent events as they come. Each cookie has its own header.
 */
export async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const isStream = response.headers.get('content-type') === 'text/event-stream'
  const body = isStream ? response.body : Buffer.from(await response.arrayBuffer())
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') outgoing.setHeader(name, value)
  }
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  if (body instanceof ReadableStream) await pipeline(body, outgoing)
  else outgoing.end(body)
}

async function readBody(message: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message) {
    const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    bytes += piece.length
    if (bytes > MAX_BYTES) throw new Error('The request is too large.')
    chunks.push(piece)
  }
  // the library does not distinguish none from an empty one
  return bytes === 0 ? null : Buffer.concat(chunks)
}
