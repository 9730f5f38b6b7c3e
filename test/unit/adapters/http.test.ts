import {expect} from 'chai'
import nock from 'nock'
import {PassThrough} from 'node:stream'
import {inspect} from 'node:util'
import {createHttp} from '../../../src/adapters/http.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {LoginFailedError} from '../../../src/domain/errors/authentication.js'
import {AnswerTooLargeError, UnreachableError} from '../../../src/domain/errors/remote.js'
import type {HttpAnswer, HttpRequest} from '../../../src/domain/network/http.js'
import {networkError} from '../../../src/domain/network/network-error.js'

const HOST = 'https://mogplex.example.com'
const SECRET = 'hunter2hunter2hunter2'

const http = createHttp('mogplex/1.2.3 (test)')

async function ask(changes: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
  const headers = {authorization: `Bearer ${SECRET}`}
  return http({method: 'GET', url: new URL(`${HOST}/x`), headers, ...changes})
}

/** The error of a request, which must not contain its credential. */
async function failureOf(request: Promise<unknown>): Promise<Error> {
  const error: unknown = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error)) throw new Error('The request did not fail.')
  const all = `${inspect(error, {depth: null, showHidden: true})} ${JSON.stringify(error)}`
  expect(all).not.to.include(SECRET)
  expect(error.cause).to.equal(undefined)
  return error
}

describe('createHttp', () => {
  afterEach(() => {
    expect(nock.pendingMocks()).to.deep.equal([])
  })

  it('sends method, headers and body, and a user agent with the version', async () => {
    nock(HOST, {reqheaders: {'user-agent': 'mogplex/1.2.3 (test)', authorization: /^Bearer h/}})
      .post('/x', 'a=1&b=2')
      .reply(201, {ok: true}, {'X-Some-Header': 'Value'})
    const answer = await ask({method: 'POST', body: 'a=1&b=2'})
    expect(answer.status).to.equal(201)
    expect(answer.body).to.equal('{"ok":true}')
    expect(answer.headers['x-some-header']).to.equal('Value')
  })

  it('adds no credential by itself', async () => {
    nock(HOST, {badheaders: ['authorization', 'cookie']})
      .get('/x')
      .reply(200, '')
    expect((await http({method: 'GET', url: new URL(`${HOST}/x`)})).status).to.equal(200)
  })

  for (const status of [301, 302, 303, 307, 308]) {
    it(`does not follow a ${status}`, async () => {
      const thief = nock('https://thief.example.com').get('/').reply(200)
      nock(HOST).get('/x').reply(status, '', {location: 'https://thief.example.com/'})
      const {headers} = await ask()
      expect(headers.location).to.equal('https://thief.example.com/')
      expect(thief.isDone()).to.equal(false)
      nock.cleanAll()
    })
  }

  for (const status of [400, 401, 404, 429, 500, 503]) {
    it(`returns a ${status} as an answer, after one request`, async () => {
      nock(HOST).get('/x').reply(status, 'body', {'retry-after': '0'})
      expect(await ask()).to.include({status, body: 'body'})
    })
  }

  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN']) {
    it(`turns ${code} into an error of ours, without a retry`, async () => {
      const cause = Object.assign(new Error(`Authorization: Bearer ${SECRET}`), {code})
      nock(HOST).get('/x').replyWithError(cause)
      const error = await failureOf(ask())
      const {message} = networkError(cause, new URL(HOST))
      expect(error).to.be.instanceOf(UnreachableError).and.include({message})
    })
  }

  it('gives up when the whole exceeds its time', async () => {
    nock(HOST).get('/x').delay(5000).reply(200)
    const error = await failureOf(ask({timeoutMs: 30}))
    const {message} = networkError({code: 'ETIMEDOUT'}, new URL(HOST))
    expect(error).to.be.instanceOf(UnreachableError).and.include({message})
    nock.abortPendingRequests()
  })

  it('gives up when the body does not end in time', async () => {
    const body = new PassThrough()
    body.write('the beginning, and never the')
    nock(HOST)
      .get('/x')
      .reply(200, () => body)
    expect(await failureOf(ask({timeoutMs: 50}))).to.be.instanceOf(UnreachableError)
    body.end()
  })

  it('accepts an answer of 8 MB, and none that is larger', async () => {
    const most = 8 * 1024 * 1024
    nock(HOST).get('/x').reply(200, 'x'.repeat(most))
    expect((await ask()).body).to.have.lengthOf(most)
    nock(HOST)
      .get('/x')
      .reply(200, 'x'.repeat(most + 1))
    const error = await failureOf(ask())
    expect(error).to.be.instanceOf(AnswerTooLargeError)
    expect(error.message).to.equal('mogplex.example.com answered with more than 8 MB.')
  })

  it('rejects JSON that exceeds the limits of depth or size', async () => {
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    for (const [body, most] of [
      [deep, '64 objects and lists within each other'],
      [`[${'0,'.repeat(250_000)}0]`, '250000 values'],
    ] as const) {
      nock(HOST).get('/x').reply(200, body)
      const error = await failureOf(ask())
      expect(error).to.be.instanceOf(AnswerTooLargeError).and.include({exitCode: 69})
      expect(error.message).to.equal(`mogplex.example.com answered with more than ${most}.`)
    }
    const limits = {bytes: 1_000_000, depth: Infinity, values: Infinity}
    nock(HOST).get('/x').reply(200, deep)
    expect((await ask({limits})).body).to.equal(deep)
  })

  it('ends with the reason of its signal', async () => {
    const reason = new LoginFailedError('Nobody finished the sign-in.')
    const over = new AbortController()
    nock(HOST).get('/x').delay(5000).reply(200)
    const asked = ask({signal: over.signal})
    setImmediate(() => {
      over.abort(reason)
    })
    expect(await failureOf(asked)).to.equal(reason)
    nock.abortPendingRequests()
    nock.cleanAll()
  })

  it('is cancelled, exit 130, where the signal has no reason', async () => {
    const error = await failureOf(ask({signal: AbortSignal.abort()}))
    expect(error).to.be.instanceOf(CancelledError).and.include({exitCode: 130})
  })

  it('is not affected by a signal that does not abort', async () => {
    nock(HOST).get('/x').reply(200, 'body')
    expect((await ask({signal: new AbortController().signal})).body).to.equal('body')
  })

  it('does not quote a token that cannot be a header', async () => {
    const headers = {authorization: `Bearer ${SECRET}\n`}
    expect(await failureOf(ask({headers}))).to.be.instanceOf(UnreachableError)
  })
})
