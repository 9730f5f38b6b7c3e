import {expect} from 'chai'
import nock from 'nock'
import {once} from 'node:events'
import type {ServerResponse} from 'node:http'
import {inspect} from 'node:util'
import {gzipSync} from 'node:zlib'
import {createHttp} from '../../src/adapters/http.js'
import {CancelledError} from '../../src/domain/errors/cancelled.js'
import {LoginFailedError} from '../../src/domain/errors/authentication.js'
import {UnreachableError} from '../../src/domain/errors/remote.js'
import type {HttpStreamAnswer, HttpStreamRequest} from '../../src/domain/network/http.js'
import {twoFreePorts} from '../support/free-ports.js'
import {startProxy} from '../support/proxy.js'
import {startStubServer, type StubServer} from '../support/stub-server.js'

const SECRET = 'hunter2hunter2hunter2'
const headers = {authorization: `Bearer ${SECRET}`}

describe('requests whose answers stream', () => {
  const {stream} = createHttp('mogplex/test')
  // nock would intercept the connections that are tested here.
  before(() => nock.restore())
  after(() => nock.activate())

  async function ask(
    {url}: Pick<StubServer, 'url'>,
    changes: Partial<HttpStreamRequest> = {},
  ): Promise<HttpStreamAnswer> {
    return stream({method: 'POST', url: new URL(`${url}/x`), headers, body: '{}', ...changes})
  }

  async function read({body}: HttpStreamAnswer, heard = {text: ''}): Promise<string> {
    for await (const chunk of body) heard.text += Buffer.from(chunk).toString()
    return heard.text
  }

  /** The error of a request or its body, which must not contain its credential. */
  async function failureOf(work: Promise<unknown>): Promise<Error> {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof Error)) throw new Error('It did not fail.')
    const all = `${inspect(error, {depth: null, showHidden: true})} ${JSON.stringify(error)}`
    expect(all).not.to.include(SECRET)
    expect(error.cause).to.equal(undefined)
    return error
  }

  it('resolve with the headers, and yield each chunk when it arrives', async () => {
    let more: (() => void) | undefined
    const server = await startStubServer((response) => {
      response.writeHead(201, {'X-Some-Header': 'Value'}).write('one ')
      more = () => void response.end('two')
    })
    const answer = await ask(server)
    expect(answer).to.include({status: 201})
    expect(answer.headers['x-some-header']).to.equal('Value')
    const pieces: string[] = []
    for await (const chunk of answer.body) {
      pieces.push(Buffer.from(chunk).toString())
      more?.()
    }
    expect(pieces).to.deep.equal(['one ', 'two'])
    const [request] = server.requests
    expect(request).to.deep.include({method: 'POST', body: '{}'})
    expect(request?.headers).to.include({
      'user-agent': 'mogplex/test',
      'accept-encoding': 'identity',
    })
  })

  it('read compressed answers all the same', async () => {
    const server = await startStubServer((response) => {
      response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync('hello'))
    })
    expect(await read(await ask(server))).to.equal('hello')
  })

  for (const status of [301, 302, 307, 308]) {
    it(`do not follow a ${status}`, async () => {
      const thief = await startStubServer((response) => void response.end())
      const server = await startStubServer((response) => {
        response.writeHead(status, {location: thief.url}).end('moved')
      })
      const answer = await ask(server)
      expect(answer.headers.location).to.equal(thief.url)
      expect(await read(answer)).to.equal('moved')
      expect(thief.requests).to.deep.equal([])
    })
  }

  for (const status of [400, 401, 429, 500]) {
    it(`return a ${status} as an answer, after one request`, async () => {
      const server = await startStubServer((response) => void response.writeHead(status).end('why'))
      const answer = await ask(server)
      expect(answer.status).to.equal(status)
      expect(await read(answer)).to.equal('why')
      expect(server.requests).to.have.length(1)
    })
  }

  it('fail when nothing listens', async () => {
    const [port] = await twoFreePorts()
    const error = await failureOf(ask({url: `http://127.0.0.1:${port}`}))
    expect(error).to.be.instanceOf(UnreachableError).and.include({exitCode: 69})
    expect(error.message).to.include('connection refused')
  })

  it('fail when the connection is cut before an answer', async () => {
    const server = await startStubServer((response) => void response.destroy())
    expect(await failureOf(ask(server))).to.be.instanceOf(UnreachableError)
  })

  for (const [name, cut] of [
    ['reset', (response: ServerResponse) => response.socket?.resetAndDestroy()],
    ['closed', (response: ServerResponse) => response.destroy()],
  ] as const) {
    it(`yield the data before the connection was ${name}, and then fail`, async () => {
      const server = await startStubServer((response) => {
        response.writeHead(200)
        response.write('one ')
        response.write('two', () => setImmediate(() => cut(response)))
      })
      const heard = {text: ''}
      const error = await failureOf(ask(server).then(async (answer) => read(answer, heard)))
      expect(error.message).to.match(/^127\.0\.0\.1:\d+ cut the connection in the middle/)
      if (name === 'closed') expect(heard.text).to.equal('one two')
    })
  }

  it('fail when fewer bytes arrive than announced', async () => {
    const server = await startStubServer((response) => {
      response.writeHead(200, {'content-length': '10'}).write('short', () => response.destroy())
    })
    expect(await failureOf(ask(server).then(read))).to.be.instanceOf(UnreachableError)
  })

  it('fail after a silence, before and during the answer', async () => {
    const silent = await startStubServer(() => undefined)
    const before = await failureOf(ask(silent, {silenceMs: 50}))
    expect(before.message).to.include('did not answer in time')
    const stopping = await startStubServer((response) => void response.writeHead(200).write('one'))
    const heard = {text: ''}
    const answer = ask(stopping, {silenceMs: 1500})
    const within = await failureOf(answer.then(async (it) => read(it, heard)))
    expect(within).to.be.instanceOf(UnreachableError)
    expect(within.message).to.include('nothing came for 1.5 s')
    expect(heard.text).to.equal('one')
  })

  it('end with the reason of their signal, before and during the answer', async () => {
    const reason = new LoginFailedError('Enough.')
    for (const begin of [false, true]) {
      const over = new AbortController()
      const server = await startStubServer((response) => {
        if (begin) response.writeHead(200).write('one')
        else setImmediate(() => over.abort(reason))
      })
      const asked = ask(server, {signal: over.signal}).then(async ({body}) => {
        for await (const chunk of body) over.abort(chunk.length > 0 ? reason : undefined)
      })
      expect(await failureOf(asked)).to.equal(reason)
    }
  })

  it('are interrupted, exit 130, where the signal has no reason', async () => {
    const server = await startStubServer((response) => void response.end())
    const error = await failureOf(ask(server, {signal: AbortSignal.abort()}))
    expect(error).to.be.instanceOf(CancelledError).and.include({exitCode: 130})
    expect(server.requests).to.deep.equal([])
  })

  it('close the connection when the reader leaves, or closes', async () => {
    for (const leave of [
      async ({body}: HttpStreamAnswer) => {
        for await (const chunk of body) if (chunk.length > 0) break
      },
      async (answer: HttpStreamAnswer) => {
        answer.close()
        return Promise.resolve()
      },
    ]) {
      let closed: Promise<unknown> | undefined
      const server = await startStubServer((response) => {
        closed = once(response, 'close')
        response.writeHead(200).write('one')
      })
      await leave(await ask(server))
      await closed
    }
  })

  it('do not quote a token that cannot be a header', async () => {
    const server = await startStubServer((response) => void response.end())
    const odd = {authorization: `Bearer ${SECRET}\n`}
    expect(await failureOf(ask(server, {headers: odd}))).to.be.instanceOf(UnreachableError)
  })

  it('use a proxy, and report what is wrong with it', async () => {
    const server = await startStubServer((response) => void response.end('hello'))
    const hosts = {'cloud.example.test:80': Number(new URL(server.url).port)}
    const url = new URL('http://cloud.example.test/x')
    const way = await startProxy({hosts})
    const through = createHttp('mogplex/test', {HTTP_PROXY: `http://${way.host}`})
    expect(await read(await through.stream({method: 'GET', url}))).to.equal('hello')
    expect(way.requests).to.deep.equal(['CONNECT cloud.example.test:80'])
    const wall = await startProxy({answer: 'HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno'})
    const against = createHttp('mogplex/test', {HTTP_PROXY: `http://${wall.host}`})
    const error = await failureOf(against.stream({method: 'GET', url, headers}))
    expect(error.message).to.include(`${wall.host} of HTTP_PROXY does not connect to`)
  })
})
