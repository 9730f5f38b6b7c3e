import {MogplexError, type Session} from '@mogplex/plugin-kit'
import {expect} from 'chai'
import {readFileSync} from 'node:fs'
import type {ServerResponse} from 'node:http'
import {join} from 'node:path'
import {failureOf, servicesOn} from '../support/services.js'
import {listFiles, temporaryHome} from '../support/temporary-home.js'
import {type StubRequest, startStubServer} from '../support/stub-server.js'

const KEY = 'mog_test_0123456789abcdefghijklmnop'
const OWNER = {name: '@acme/tool', version: '1.2.3'}

type Answer = (response: ServerResponse, request: StubRequest) => unknown

async function sessionAt(answer: Answer) {
  const server = await startStubServer((response, request) => void answer(response, request))
  const home = await temporaryHome()
  const env = {MOGPLEX_URL: server.url, MOGPLEX_DEV: '1', MOGPLEX_API_KEY: KEY}
  const session: Omit<Session, 'choose'> = servicesOn({home, env}).pluginSession(OWNER)
  return {...server, home, session}
}

describe('the session of a plugin', () => {
  it('returns the contents of the envelope, identifies CLI and plugin, and reveals no credential', async () => {
    const {session, requests} = await sessionAt((response) =>
      response.setHeader('content-type', 'application/json').end('{"ok":true,"data":{"a":1}}'),
    )
    expect(await session.request('/things', {query: {limit: 2}})).to.deep.equal({a: 1})
    expect(requests[0]?.path).to.equal('/api/v1/mogplex/things?limit=2')
    expect(requests[0]?.headers['user-agent']).to.match(
      /^mogplex\/\S+ \(.*\) \(plugin @acme\/tool@1\.2\.3\)$/,
    )
    expect(requests[0]?.headers).to.include({accept: 'application/json'})
  })

  it('names the site in use', async () => {
    const {session, url} = await sessionAt((response) => response.end())
    expect(await session.site()).to.equal(url)
  })

  it("stores the plugin's values, separate from those of others, and recent runs", async () => {
    const {session, home, url} = await sessionAt((response) => response.end())
    expect(await session.kept('names')).to.equal(undefined)
    await session.keep('names', () => ['ada/engine'])
    expect(await session.kept('names')).to.deep.equal(['ada/engine'])
    const wrong = await failureOf(session.keep('../names', () => 1))
    expect(wrong).to.include({code: 'BAD_NAME', exitCode: 1})
    expect(await failureOf(session.kept('Names'))).to.include({code: 'BAD_NAME'})
    await session.rememberRun({id: 'run_1', branch: 'a\u001B[2Jb'})
    await session.rememberRun({id: '../run', branch: ''})
    expect(await session.recentRuns()).to.deep.equal([{id: 'run_1', branch: 'a [2Jb'}])
    expect(await listFiles(join(home, '.mogplex/plugins'))).to.deep.equal(['@acme+tool.json'])

    const env = {MOGPLEX_URL: url, MOGPLEX_DEV: '1', MOGPLEX_API_KEY: ''}
    const nobody = servicesOn({home, env}).pluginSession(OWNER)
    expect([await nobody.kept('names'), await nobody.recentRuns()]).to.deep.equal([undefined, []])
    const refused = await failureOf(nobody.keep('names', () => 1))
    expect(refused).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
  })

  it('returns the body as text, including HTML, and as bytes', async () => {
    const bytes = Buffer.from([0, 255, 128, 10])
    const {session, requests} = await sessionAt((response, {path}) =>
      response.end(path.endsWith('page') ? '<p>hello</p>' : bytes),
    )
    expect(await session.request('/page', {responseType: 'text'})).to.equal('<p>hello</p>')
    const got = await session.request('/file', {responseType: 'bytes'})
    expect(Buffer.from(got).equals(bytes)).to.equal(true)
    expect(requests.map(({headers}) => headers.accept)).to.deep.equal(['*/*', '*/*'])
  })

  it('returns a Response with status and headers except cookies, whose body streams', async () => {
    let finish = (): void => undefined
    const {session} = await sessionAt((response) => {
      response.writeHead(201, {'x-total': '7', 'set-cookie': 'session=hunter2'})
      response.write('first')
      finish = () => void response.end('last')
    })
    const response = await session.request('/things', {responseType: 'response'})
    expect(response).to.be.instanceOf(Response)
    expect(response.status).to.equal(201)
    expect(response.headers.get('x-total')).to.equal('7')
    expect(response.headers.get('set-cookie')).to.equal(null)
    const texts: string[] = []
    for await (const chunk of response.body ?? []) {
      texts.push(Buffer.from(chunk).toString())
      finish()
    }
    expect(texts.join('|')).to.equal('first|last')
  })

  it('aborts the reading of a body on its signal: 130', async () => {
    const {session} = await sessionAt((response) => void response.write('endless'))
    const controller = new AbortController()
    const options = {responseType: 'response', signal: controller.signal} as const
    const response = await session.request('/events', options)
    const reader = response.body?.getReader()
    await reader?.read()
    const rest = reader?.read()
    controller.abort()
    const error = await failureOf(rest ?? Promise.resolve())
    expect(error).to.be.instanceOf(MogplexError)
    expect(error).to.include({code: 'CANCELLED', exitCode: 130})
    const late = await failureOf(session.request('/events', options))
    expect(late).to.include({code: 'CANCELLED', exitCode: 130})
  })

  it('closes a connection whose body is cancelled', async () => {
    let closed: Promise<unknown> = Promise.resolve()
    const {session} = await sessionAt((response) => {
      closed = new Promise((resolve) => response.once('close', resolve))
      response.write('endless')
    })
    const response = await session.request('/events', {responseType: 'response'})
    await response.body?.cancel()
    await closed
  })

  for (const responseType of ['json', 'text', 'bytes', 'response'] as const) {
    it(`follows no redirect and throws for a refusal, as ${responseType}`, async () => {
      const {session, requests} = await sessionAt((response, {path}) => {
        if (path.endsWith('gone')) {
          response.writeHead(404).end('{"ok":false,"error":{"code":"NO_SUCH_THING"}}')
        } else response.writeHead(302, {location: '/elsewhere'}).end()
      })
      const gone = await failureOf(session.request('/gone', {responseType}))
      expect(gone).to.include({code: 'NO_SUCH_THING', exitCode: 1, status: 404})
      const moved = await failureOf(session.request('/moved', {responseType}))
      expect(moved.exitCode).to.equal(64)
      expect(requests).to.have.length(2)
    })

    it(`repeats a request when the server asks to retry soon, as ${responseType}`, async () => {
      let asked = 0
      const {session} = await sessionAt((response) => {
        asked += 1
        if (asked === 1) response.writeHead(503, {'retry-after': '0'}).end()
        else response.end('{"ok":true,"data":1}')
      })
      await session.request('/things', {responseType})
      expect(asked).to.equal(2)
    })
  }

  it('repeats a request after a lost answer where that is safe, with the same idempotency key', async () => {
    let asked = 0
    const {session, requests} = await sessionAt((response) => {
      asked += 1
      if (asked % 2 === 1) response.destroy()
      else response.end('{"ok":true,"data":1}')
    })
    const post = {method: 'POST', body: {a: 1}} as const
    expect(await session.request('/runs', {...post, idempotencyKey: 'key-1'})).to.equal(1)
    expect(await session.request('/runs/1/cancel', {...post, repeatable: true})).to.equal(1)
    expect(requests.map(({headers}) => headers['idempotency-key'])).to.deep.equal([
      'key-1',
      'key-1',
      undefined,
      undefined,
    ])
    const lost = await failureOf(session.request('/runs', post))
    expect(lost).to.include({code: 'UNREACHABLE', exitCode: 69})
    expect(requests).to.have.length(5)
    const once = {...post, idempotencyKey: 'key-2', repeatable: false}
    expect(await session.request('/runs', once)).to.equal(1)
  })

  it('sends bytes unchanged, with their media type, and everything else as JSON', async () => {
    const {session, requests} = await sessionAt((response) => response.end('{"ok":true}'))
    const body = Buffer.from('a,b\n')
    await session.request('/files', {method: 'PUT', body, contentType: 'text/csv; charset=utf-8'})
    await session.request('/files', {method: 'PUT', body})
    await session.request('/files', {method: 'POST', body: {a: 1}})
    expect(requests.map((each) => [each.headers['content-type'], each.body])).to.deep.equal([
      ['text/csv; charset=utf-8', 'a,b\n'],
      ['application/octet-stream', 'a,b\n'],
      ['application/json', '{"a":1}'],
    ])
    const bad = {method: 'PUT', body, contentType: 'text/csv\r\nx: y'} as const
    expect(await failureOf(session.request('/files', bad))).to.include({code: 'BAD_PATH'})
    expect(requests).to.have.length(3)
  })

  it('logs under the name of the plugin, without secrets, and opens a log for it', async () => {
    const {session, home} = await sessionAt((response) => response.end())
    await session.log('sync.ended', {
      files: 3,
      session: 'mine',
      note: `key ${KEY}`,
      token: 'hunter2',
    })
    await session.log('sync.again')
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    await session.log('sync.odd', cyclic)
    await session.log('sync.big', {text: 'x'.repeat(20_000)})
    const wrong = await failureOf(session.log('Sync ended'))
    expect(wrong).to.include({code: 'BAD_EVENT', exitCode: 1})
    const [log = ''] = (await listFiles(join(home, '.mogplex'))).filter((path) =>
      path.endsWith('.jsonl'),
    )
    const text = readFileSync(join(home, '.mogplex', log), 'utf8')
    const records = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({event}) => String(event).startsWith('plugin.'))
    expect(records.map(({event}) => event)).to.deep.equal([
      'plugin.@acme/tool.sync.ended',
      'plugin.@acme/tool.sync.again',
      'plugin.@acme/tool.sync.odd',
      'plugin.@acme/tool.sync.big',
    ])
    expect(records[0]).to.include({version: '1.2.3'})
    expect(records[0]?.session).not.to.equal('mine')
    expect(records[0]?.fields).to.deep.equal({
      files: 3,
      session: 'mine',
      note: 'key [redacted]',
      token: '[redacted]',
    })
    expect(records[3]?.fields).to.have.property('omitted')
    expect(text).not.to.include(KEY)
  })
})
