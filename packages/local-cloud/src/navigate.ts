import {once} from 'node:events'
import {type IncomingMessage, request as ask} from 'node:http'
import {buffer} from 'node:stream/consumers'

const BODILESS = new Set([204, 304])

/**
 * One request as a browser sends it that goes to a page. `fetch` says `Sec-Fetch-Mode: cors`
 * instead, and is told in JSON where to go. Redirects are not followed.
 */
export async function navigate(request: Request): Promise<Response> {
  const {method, headers} = request
  const outgoing = ask(request.url, {method, headers: Object.fromEntries(headers), agent: false})
  outgoing.end(Buffer.from(await request.arrayBuffer()))
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  const status = answer.statusCode ?? 500
  const content = await buffer(answer)
  const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return new Response(BODILESS.has(status) ? null : new Uint8Array(content), {
    status,
    headers: pairs,
  })
}
