import {expect} from 'chai'
import {jsonOf} from '../support/answers.js'
import {builtCli} from '../support/cli-environment.js'
import {type McpHost, openMcpHost} from '../support/mcp-host.js'
import {setStage} from '../support/sign-in-stage.js'

const TOOLS = ['list_repositories', 'get_run', 'list_run_events', 'start_run', 'cancel_run']
const NO_RUN = '00000000-0000-4000-8000-000000000000'

describe('mogplex mcp connect, at the local cloud', () => {
  const stage = setStage()

  const host = async (args: readonly string[] = []): Promise<McpHost> =>
    openMcpHost({home: stage.home, env: stage.env, args})

  it('lists the tools of the account, and calls them', async () => {
    await stage.putLogin()
    const {client, tools, call} = await host()
    expect(client.getServerVersion()).to.include({name: 'mogplex'})
    expect(client.getServerCapabilities()?.tools).to.deep.equal({listChanged: true})
    expect(await tools()).to.deep.equal(TOOLS)
    expect(await call('list_repositories', {query: 'engine'})).to.include('ada/analytical-engine')
    expect(await call('get_run', {runId: NO_RUN})).to.equal('error: There is no such run.')
    expect(await client.ping()).to.deep.equal({})
  })

  it('forwards errors of the server unchanged', async () => {
    await stage.putLogin()
    const {client, call} = await host()
    const error = await call('no_such_tool').catch((caught: unknown) => caught)
    expect(error).to.include({code: -32_602}).and.property('message').to.include('Unknown tool')
    const other = await client.listPrompts().catch((caught: unknown) => caught)
    expect(other).to.be.instanceOf(Error)
  })

  it('has no tools while nobody is signed in, says what to do, and recovers after a sign-in', async () => {
    const {client, changes, changed, tools, call} = await host()
    expect(client.getInstructions()).to.include('mogplex login')
    expect(await tools()).to.deep.equal([])
    expect(await call('list_repositories')).to.match(/^error: .*mogplex login/)
    const before = changes()
    await stage.putLogin()
    await changed(before)
    expect(await tools()).to.deep.equal(TOOLS)
    expect(await call('list_repositories')).to.include('ada/')
  })

  it('follows a logout, and another account', async () => {
    await stage.putLogin()
    const {changes, changed, tools, call} = await host()
    expect(await call('list_repositories')).to.include('ada/')
    let before = changes()
    await stage.run(['logout'])
    await changed(before)
    expect(await tools()).to.deep.equal([])
    before = changes()
    await stage.putLogin('grace@example.test')
    await changed(before)
    expect(await call('list_repositories'))
      .to.include('grace/')
      .and.not.to.include('ada/')
    before = changes()
    await stage.putLogin()
    // At once, without a notification.
    expect(await call('list_repositories')).to.include('ada/')
    await changed(before)
  })

  it('refreshes under a host, once for many calls, when its token is rejected', async () => {
    await stage.putLogin()
    const {call} = await host()
    await call('list_repositories')
    await stage.cloud.expireAccessTokens()
    const before = stage.cloud.requests.length
    const answers = await Promise.all([1, 2, 3, 4].map(() => call('list_repositories')))
    for (const answer of answers) expect(answer).to.include('ada/')
    const asked = stage.cloud.requests.slice(before)
    expect(asked.filter(({grantType}) => grantType === 'refresh_token')).to.have.length(1)
  })

  it('reports an ended login, as an error of the tool, and recovers with the next one', async () => {
    await stage.putLogin()
    const {changes, changed, tools, call} = await host()
    await call('list_repositories')
    await stage.cloud.expireAccessTokens()
    stage.intercept(async ({url}) => {
      const isToken = new URL(url).pathname.endsWith('/token')
      return Promise.resolve(
        isToken ? Response.json({error: 'invalid_grant'}, {status: 400}) : undefined,
      )
    })
    expect(await call('list_repositories')).to.match(/^error: .*Run `mogplex login`\.$/)
    expect(await tools()).to.deep.equal([])
    stage.endTest()
    const before = changes()
    await stage.putLogin()
    await changed(before)
    expect(await call('list_repositories')).to.include('ada/')
  })

  it('shows and allows only read-only tools, with --read-only', async () => {
    await stage.putLogin()
    const {tools, call} = await host(['--read-only'])
    expect(await call('cancel_run', {runId: NO_RUN})).to.match(/^error: .*--read-only/)
    expect(await tools()).to.deep.equal(TOOLS.slice(0, 3))
    expect(await call('list_repositories')).to.include('ada/')
    expect(await call('no_such_tool')).to.match(/^error: /)
  })

  it('forwards a missing scope, and explains a 403', async () => {
    await stage.putLogin('ada@example.test', 'openid profile email offline_access read')
    const {call, client} = await host()
    expect(await call('cancel_run', {runId: NO_RUN})).to.include('error: This needs the scope')
    stage.intercept(() => Promise.resolve(new Response('', {status: 403})))
    expect(await call('list_repositories')).to.match(/^error: .*\(403\).*mogplex login/)
    const error = await client.listTools().catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(Error).and.property('message').to.include('(403)')
  })

  it('answers while the server is unavailable, and continues when it is back', async () => {
    await stage.putLogin()
    stage.intercept(() => Promise.resolve('drop'))
    const {changes, changed, client, tools, call} = await host()
    expect(client.getInstructions()).to.include('no tools of Mogplex now')
    expect(await call('list_repositories')).to.match(/^error: /)
    const before = changes()
    stage.endTest()
    await changed(before)
    expect(await tools()).to.deep.equal(TOOLS)
    stage.intercept(() => Promise.resolve(new Response('', {status: 503})))
    expect(await call('list_repositories')).to.match(/^error: .*503/)
    stage.endTest()
    expect(await call('list_repositories')).to.include('ada/')
  })

  it('sends no call twice, whatever happens to the answer', async () => {
    await stage.putLogin()
    const {call} = await host()
    const repositories = JSON.parse(await call('list_repositories')) as {
      repositories: {id: string}[]
    }
    const repoId = repositories.repositories[0]?.id
    let calls = 0
    stage.intercept(async (request, serve) => {
      if (!new URL(request.url).pathname.endsWith('/mcp')) return undefined
      calls += 1
      await serve()
      return 'drop'
    })
    expect(await call('start_run', {repoId, prompt: 'Once.'})).to.match(/^error: /)
    expect(calls).to.equal(1)
  })

  it('writes only the protocol to standard output, and nothing secret anywhere', async () => {
    const {accessToken} = await stage.putLogin()
    const messages = [
      {id: 1, method: 'initialize', params: {protocolVersion: '2025-06-18', capabilities: {}}},
      {method: 'notifications/initialized'},
      {id: 2, method: 'tools/call', params: {name: 'list_repositories'}},
      {id: 'three', method: 'ping'},
    ].map((message) => JSON.stringify({jsonrpc: '2.0', ...message}))
    const stdin = [...messages, 'no message', '[]', ''].join('\n')
    const {code, stdout, stderr} = await stage.run(['mcp', 'connect'], {
      stdin,
      env: {DEBUG: '*'},
    })
    expect(code).to.equal(0)
    expect(stderr).not.to.include(accessToken)
    const lines = stdout.trimEnd().split('\n')
    const answers = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(answers.every(({jsonrpc}) => jsonrpc === '2.0')).to.equal(true)
    const ids = answers.map(({id}) => id)
    expect(ids).to.have.members([1, 2, 'three', null, null])
  })

  it('exits with 0 when the host closes its end, and with 130 on a signal, at once', async () => {
    await stage.putLogin()
    const ended = stage.start(['mcp', 'connect'])
    ended.write('{"jsonrpc":"2.0","id":1,"method":"ping"}')
    await ended.waitFor('"result"')
    ended.endInput()
    expect((await ended.exit).code).to.equal(0)
    stage.intercept(() => Promise.resolve('hang'))
    const killed = stage.start(['mcp', 'connect'])
    killed.write('{"jsonrpc":"2.0","id":1,"method":"ping"}')
    await killed.waitFor('"result"')
    killed.write('{"jsonrpc":"2.0","id":2,"method":"initialize","params":{}}')
    killed.kill('SIGTERM')
    expect((await killed.exit).code).to.equal(130)
  })

  it('ends when its output is no longer read', async () => {
    await stage.putLogin()
    const line = `while :; do echo '{"jsonrpc":"2.0","id":1,"method":"ping"}'; sleep 0.05; done | "$0" "$@" mcp connect | head -1`
    const cli = stage.start([], {command: ['/bin/bash', '-c', line, ...builtCli]})
    expect((await cli.exit).code).to.equal(0)
  })

  it('does not shadow `mogplex mcp TEXT`', async () => {
    await stage.putLogin()
    await stage.run(['models', '--refresh'])
    expect((await stage.run(['mcp', '--refresh'])).code).to.equal(0)
    const {stdout} = await stage.run(['mcp', 'notes'])
    expect(stdout).to.include('notes').and.not.to.include('engine-db')
    const {name} = jsonOf(await stage.run(['mcp', 'notes', '--json'])) as {name: string}
    expect(name).to.equal('notes')
  })
})
