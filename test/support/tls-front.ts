import {once} from 'node:events'
import type {IncomingMessage} from 'node:http'
import {createServer} from 'node:https'
import type {AddressInfo} from 'node:net'
import type {Certificates} from './certificates.js'
import {onCleanup} from './cleanup.js'

interface TlsFront {
  readonly port: number
  readonly url: string
}

/**
 * Puts TLS and an outside host name before a local server. In its answers, the server's own address
 * is replaced by that name, since a server names itself in its metadata.
 *
 * @param behind - the server's address, without a trailing slash
 */
export async function startTlsFront(
  host: string,
  behind: string,
  {key, cert}: Pick<Certificates, 'cert' | 'key'>,
): Promise<TlsFront> {
  const url = `https://${host}`
  const server = createServer({key, cert}, (request, response) => {
    void forward(request, behind).then(async (answer) => {
      const headers = Object.fromEntries(
        [...answer.headers].filter(([name]) => !/^(content-|transfer-|connection)/.test(name)),
      )
      const body = (await answer.text()).replaceAll(behind, url)
      response.writeHead(answer.status, {...headers, 'content-type': 'application/json'}).end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  return {port: (server.address() as AddressInfo).port, url}
}

async function forward(request: IncomingMessage, behind: string): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const {method = 'GET', url = '/', headers} = request
  const {authorization, 'content-type': type} = headers
  return fetch(`${behind}${url}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(authorization !== undefined && {authorization}),
      ...(type !== undefined && {'content-type': type}),
    },
    ...(method !== 'GET' && {body: Buffer.concat(chunks).toString()}),
  })
}
