import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'

interface Answer {
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: {readonly code: number}
}

describe('the MCP endpoint', () => {
  let cloud: LocalCloud
  let token = ''
  before(async () => {
    cloud = await startLocalCloud({runPace: 0})
    token = (await cloud.signIn('ada@example.test')).access_token
  })
  after(() => cloud.close())

  const post = (body: unknown, bearer = token) =>
    fetch(`${cloud.url}/api/v1/mogplex/mcp`, {
      method: 'POST',
      headers: {authorization: `Bearer ${bearer}`, 'content-type': 'application/json'},
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const ask = async (method: string, params: object = {}, bearer = token): Promise<Answer> => {
    const response = await post({jsonrpc: '2.0', id: 1, method, params}, bearer)
    expect(response.status).to.equal(200)
    return (await response.json()) as Answer
  }
  const call = async (name: string, args: object = {}, bearer = token) => {
    const {result} = await ask('tools/call', {name, arguments: args}, bearer)
    const {content, isError} = result as {content: [{text: string}]; isError: boolean}
    return {isError, text: content[0].text}
  }

  it('introduces itself, answers a ping, and accepts notifications', async () => {
    const {result} = await ask('initialize', {protocolVersion: '2025-11-25', capabilities: {}})
    expect(result).to.include({protocolVersion: '2025-11-25'})
    expect(result?.capabilities).to.deep.equal({tools: {listChanged: false}})
    expect((await ask('ping')).result).to.deep.equal({})
    const notified = await post({jsonrpc: '2.0', method: 'notifications/initialized'})
    expect(notified.status).to.equal(202)
    expect(await notified.text()).to.equal('')
  })

  it('marks the read-only tools', async () => {
    const {result} = await ask('tools/list')
    const tools = result?.tools as {name: string; annotations: {readOnlyHint?: boolean}}[]
    const reading = tools.filter(({annotations}) => annotations.readOnlyHint === true)
    expect(reading.map(({name}) => name)).to.deep.equal([
      'list_repositories',
      'get_run',
      'list_run_events',
    ])
    expect(tools.map(({name}) => name)).to.include.members(['start_run', 'cancel_run'])
  })

  it('starts a run, shows it, and cancels it', async () => {
    const {text} = await call('list_repositories', {query: 'engine'})
    const {repositories} = JSON.parse(text) as {repositories: [{id: string}]}
    const started = await call('start_run', {repoId: repositories[0].id, prompt: 'quiet'})
    const {run} = JSON.parse(started.text) as {run: {runId: string}}
    expect((await call('get_run', run)).text).to.include(run.runId)
    expect((await call('list_run_events', run)).text).to.include('"started"')
    expect(JSON.parse((await call('cancel_run', run)).text)).to.include({alreadyTerminal: false})
  })

  it('reports a failed tool to the agent, including a missing scope', async () => {
    const reader = await cloud.createKey('ada@example.test', {scopes: ['read']})
    expect(await call('start_run', {repoId: 'x', prompt: 'x'}, reader)).to.deep.equal({
      isError: true,
      text: 'This needs the scope "write".',
    })
    expect((await call('get_run', {runId: 'nonsense'})).isError).to.equal(true)
    expect((await call('start_run', {repoId: 'x', prompt: 'x'})).isError).to.equal(true)
  })

  it('answers with the error codes of JSON-RPC', async () => {
    expect((await ask('tools/call', {name: 'nothing'})).error?.code).to.equal(-32_602)
    expect((await ask('nothing')).error?.code).to.equal(-32_601)
    for (const [text, code] of [
      ['{', -32_700],
      ['[]', -32_600],
      ['{"id":1,"method":"ping"}', -32_600],
    ] as const) {
      const response = await post(text)
      expect(response.status).to.equal(400)
      expect(((await response.json()) as Answer).error?.code).to.equal(code)
    }
  })

  it('accepts only POST, and refuses callers who are not signed in with a JSON-RPC error', async () => {
    const authorization = `Bearer ${token}`
    const get = await fetch(`${cloud.url}/api/v1/mogplex/mcp`, {headers: {authorization}})
    expect(get.status).to.equal(405)
    const refused = await post({jsonrpc: '2.0', id: 1, method: 'ping'}, 'wrong')
    expect(refused.status).to.equal(401)
    expect(refused.headers.get('www-authenticate')).to.include('resource_metadata=')
    expect(((await refused.json()) as Answer).error?.code).to.equal(-32_001)
  })
})
