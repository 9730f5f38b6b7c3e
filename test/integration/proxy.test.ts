import {expect} from 'chai'
import nock from 'nock'
import {createServer, type IncomingMessage, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {inspect} from 'node:util'
import {createHttp} from '../../src/adapters/http.js'
import type {Environment} from '../../src/domain/settings/environment.js'
import {CancelledError} from '../../src/domain/errors/cancelled.js'
import {UnreachableError} from '../../src/domain/errors/remote.js'
import type {HttpAnswer, HttpRequest} from '../../src/domain/network/http.js'
import {twoFreePorts} from '../support/free-ports.js'
import {type RunningProxy, startProxy} from '../support/proxy.js'
import {waitUntil} from '../support/wait-until.js'

const HOST = 'cloud.example.test'
const PASSWORD = 'p%40ss/word-of-the-proxy'

describe('requests through a proxy', () => {
  let server: Server
  let hosts: Record<string, number>
  const seen: IncomingMessage['headers'][] = []

  before(async () => {
    nock.restore() // it would intercept the connections that are tested here
    server = createServer((request, response) => {
      seen.push(request.headers)
      request.pipe(response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    hosts = {[`${HOST}:80`]: (server.address() as AddressInfo).port}
  })

  beforeEach(() => seen.splice(0))

  after(() => {
    nock.activate()
    server.closeAllConnections()
    server.close()
  })

  async function ask(env: Environment, changes: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
    const url = new URL(`http://${HOST}/x`)
    return createHttp('mogplex/test', env)({method: 'POST', url, body: 'hello', ...changes})
  }

  /** The error of a request. It names the variable, and nothing private. */
  async function failureOf(asked: Promise<unknown>, variable = 'HTTP_PROXY'): Promise<Error> {
    const error: unknown = await asked.catch((thrown: unknown) => thrown)
    if (!(error instanceof UnreachableError)) throw new Error(`No error of ours: ${inspect(error)}`)
    expect(error.exitCode).to.equal(69)
    expect(`${error.message} ${error.remedy}`).to.include(variable)
    expect(inspect(error, {depth: null, showHidden: true})).not.to.match(/ss.?word-of-the|ada:/)
    return error
  }

  async function whenClosed({connections}: RunningProxy): Promise<void> {
    await waitUntil({
      look: () => (connections() === 0 ? true : undefined),
      over: () => false,
      timeoutMs: 15_000,
      describe: () => 'end of the connections to the proxy.',
    })
  }

  for (const variable of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']) {
    it(`use the proxy of ${variable}`, async () => {
      const proxy = await startProxy({hosts})
      const {status, body} = await ask({[variable]: `http://${proxy.host}`})
      expect({status, body}).to.deep.equal({status: 200, body: 'hello'})
      expect(proxy.requests).to.deep.equal([`CONNECT ${HOST}:80`])
      expect(seen).to.have.length(1)
      expect(Object.keys(seen[0] ?? {})).not.to.include('proxy-authorization')
      await whenClosed(proxy)
    })
  }

  it('connect directly where NO_PROXY names the host', async () => {
    const proxy = await startProxy({hosts})
    const env = {HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: 'localhost,.example.test'}
    const error = await ask(env, {timeoutMs: 2000}).catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(UnreachableError)
    expect(String(error)).to.include(HOST).and.not.to.include('HTTP_PROXY')
    expect(proxy.requests).to.deep.equal([])
  })

  it('never use it for this machine itself', async () => {
    const proxy = await startProxy({hosts})
    const url = `http://${proxy.host}`
    const env = {HTTP_PROXY: url, http_proxy: url, HTTPS_PROXY: url, ALL_PROXY: url}
    const {port} = server.address() as AddressInfo
    const {body} = await ask(env, {url: new URL(`http://127.0.0.1:${port}/x`)})
    expect(body).to.equal('hello')
    expect(proxy.requests).to.deep.equal([])
  })

  it('send user and password to the proxy only', async () => {
    const proxy = await startProxy({hosts, credentials: `ada:${decodeURIComponent(PASSWORD)}`})
    const HTTP_PROXY = `http://ada:${PASSWORD.replace('/', '%2F')}@${proxy.host}`
    expect((await ask({HTTP_PROXY})).body).to.equal('hello')
    expect(Object.keys(seen[0] ?? {})).not.to.include('proxy-authorization')
  })

  it('report that user and password are missing, or rejected', async () => {
    const proxy = await startProxy({hosts, credentials: 'ada:other'})
    const {message: missing} = await failureOf(ask({HTTP_PROXY: `http://${proxy.host}`}))
    expect(missing).to.equal(`The proxy ${proxy.host} of HTTP_PROXY wants user and password (407).`)
    const HTTP_PROXY = `http://ada:${PASSWORD.replace('/', '%2F')}@${proxy.host}`
    const {message: wrong} = await failureOf(ask({HTTP_PROXY}))
    expect(wrong).to.include('does not accept this user and password (407)')
    await whenClosed(proxy)
  })

  for (const [name, answer, words] of [
    ['403', 'HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno', `does not connect to ${HOST} (403)`],
    ['401', 'HTTP/1.1 401 No\r\n\r\n', '(401)'],
    ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: http://portal.test/\r\n\r\n', '(302)'],
    ['504 without an end', 'HTTP/1.1 504 No\r\nContent-Length: 99\r\n\r\nno', '(504)'],
    ['a banner', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'does not answer as a proxy does'],
    ['the end', '\n', 'cannot be reached'],
  ] as const) {
    it(`do not mistake ${name} of the proxy for the answer of the host`, async () => {
      const proxy = await startProxy({answer})
      const HTTP_PROXY = `http://ada:${PASSWORD.replace('/', '%2F')}@${proxy.host}`
      const {message} = await failureOf(ask({HTTP_PROXY}))
      expect(message).to.include(`The proxy ${proxy.host} of HTTP_PROXY`).and.to.include(words)
      expect(seen).to.deep.equal([])
      await whenClosed(proxy)
    })
  }

  it('name the proxy where nothing listens', async () => {
    const [port] = await twoFreePorts()
    const {message} = await failureOf(ask({all_proxy: `127.0.0.1:${port}`}), 'all_proxy')
    expect(message).to.equal(
      `The proxy 127.0.0.1:${port} of all_proxy cannot be reached: nothing listens there (connection refused).`,
    )
  })

  it('end the connection to a proxy that does not answer', async () => {
    const proxy = await startProxy({answer: ''})
    const {message} = await failureOf(ask({HTTP_PROXY: proxy.host}, {timeoutMs: 100}))
    expect(message).to.include(`${proxy.host} of HTTP_PROXY cannot be reached: it did not answer`)
    await whenClosed(proxy)
  })

  it('can be interrupted while the proxy does not answer', async () => {
    const proxy = await startProxy({answer: ''})
    const interrupt = new AbortController()
    const asked = ask({HTTP_PROXY: proxy.host}, {signal: interrupt.signal})
    setTimeout(() => interrupt.abort(), 50)
    expect(await asked.catch((error: unknown) => error)).to.be.instanceOf(CancelledError)
    await whenClosed(proxy)
  })

  for (const value of [`http://ada:${PASSWORD}@:x`, `socks5://ada:${PASSWORD}@127.0.0.1:9`]) {
    it(`reject ${value.slice(0, 9)}… before anything is sent`, async () => {
      await failureOf(ask({HTTP_PROXY: value}))
    })
  }
})
