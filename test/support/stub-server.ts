import {once} from 'node:events'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'
import {onCleanup} from './cleanup.js'

/** A received request, including its credential: do not print it. */
export interface StubRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface StubServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly requests: StubRequest[]
}

type Answer = (response: ServerResponse, request: StubRequest) => Promise<void> | void

/** A server on a free port of 127.0.0.1 with the given answers; ends with the test. */
export async function startStubServer(answer: Answer): Promise<StubServer> {
  const requests: StubRequest[] = []
  const server = createServer((incoming, response) => {
    response.on('error', () => undefined) // the client may be gone
    const arrive = async (): Promise<void> => {
      const {method = '', url: path = '', headers} = incoming
      const request = {method, path, headers, body: await text(incoming)}
      requests.push(request)
      await answer(response, request)
    }
    arrive().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
  }
}
