import {expect} from 'chai'
import type {HttpAnswer, StreamingHttp} from '../../../src/domain/network/http.js'
import {observedHttp} from '../../../src/recording/observed.js'
import {holdsKnown} from '../../../src/recording/redaction.js'
import type {Recorder} from '../../../src/recording/recorder.js'

const REQUEST = {method: 'GET', url: new URL('https://mogplex.com/api/v1/mogplex/repos')} as const

/** The records of a request with such an answer, by event. */
async function recordsOf(answer: HttpAnswer): Promise<Map<string, Record<string, unknown>>> {
  const records = new Map<string, Record<string, unknown>>()
  const recorder = {
    open: async () => Promise.resolve(),
    record: (event: string, fields: Record<string, unknown>) => records.set(event, fields),
    wants: () => false,
  } as unknown as Recorder
  const http = Object.assign(async () => Promise.resolve(answer), {
    stream: async () => Promise.reject(new Error('Nothing streams.')),
  }) as StreamingHttp
  expect(await observedHttp(http, recorder)(REQUEST)).to.equal(answer)
  return records
}

const silent = {
  open: async () => Promise.resolve(),
  record: () => undefined,
  wants: () => false,
} as unknown as Recorder

describe('observedHttp', () => {
  it("records the platform's id of a request, with any status", async () => {
    for (const status of [200, 503]) {
      const headers = {'x-vercel-id': 'iad1::abc', 'set-cookie': 'session=hunter2'}
      const records = await recordsOf({status, headers, body: '{}'})
      const {request, method, url} = records.get('http.request') ?? {}
      expect({request, method, url}).to.deep.equal({
        request: 1,
        method: 'GET',
        url: REQUEST.url.href,
      })
      expect(records.get('http.response')).to.include({
        request: 1,
        status,
        requestId: 'iad1::abc',
        bytes: 2,
      })
      expect(JSON.stringify([...records])).not.to.include('hunter2')
    }
  })

  it("prefers the server's own id", async () => {
    const headers = {'x-vercel-id': 'iad1::abc', 'x-request-id': 'req_1'}
    const records = await recordsOf({status: 200, headers, body: ''})
    expect(records.get('http.response')).to.include({requestId: 'req_1'})
  })

  it('registers the secrets of MCP servers before they are passed on, with any spelling of the path', async () => {
    for (const [index, path] of ['/mcp/servers', '/mcp/%73erver%73/', '/%6Dcp/servers'].entries()) {
      const secret = `resolved-header-value-${index}`
      const config = {url: 'https://mcp.example', http_headers: {'x-own': secret}}
      const body = JSON.stringify({ok: true, data: {servers: [{name: 'a', config}]}})
      const http = Object.assign(async () => Promise.resolve({status: 200, headers: {}, body}), {
        stream: async () => Promise.reject(new Error('Nothing streams.')),
      }) as StreamingHttp
      const url = new URL(`https://mogplex.com/api/v1/mogplex${path}`)
      const answer = await observedHttp(http, silent).stream({method: 'GET', url})
      expect(holdsKnown(secret), path).to.equal(true)
      let text = ''
      for await (const piece of answer.body) text += Buffer.from(piece).toString()
      expect(text).to.equal(body)
    }
  })
})
