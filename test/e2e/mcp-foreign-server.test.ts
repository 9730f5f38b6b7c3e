import {CreateMessageRequestSchema} from '@modelcontextprotocol/sdk/types.js'
import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {once} from 'node:events'
import {
  FOREIGN_KEY,
  type ForeignMcpServer,
  startForeignMcpServer,
} from '../support/foreign-mcp-server.js'
import {type McpHost, openMcpHost} from '../support/mcp-host.js'
import {type RunningCli, startCli} from '../support/run-cli.js'
import {temporaryHome} from '../support/temporary-home.js'
import {waitUntil} from '../support/wait-until.js'

const MB = 1024 * 1024

interface Content {
  readonly text: string
}

describe('mogplex mcp connect, at a third-party server', function () {
  this.timeout(120_000)
  let home = ''
  let server: ForeignMcpServer
  let env: Record<string, string> = {}

  async function begin(options?: {answersJson: boolean}): Promise<void> {
    home = await temporaryHome()
    server = await startForeignMcpServer(options)
    env = {MOGPLEX_URL: server.url, MOGPLEX_DEV: '1', MOGPLEX_API_KEY: FOREIGN_KEY}
  }

  beforeEach(() => begin())

  const host = async (args: readonly string[] = []): Promise<McpHost> =>
    openMcpHost({home, env, args})

  const posts = (text: string): number =>
    server.asked.filter(({method, body}) => method === 'POST' && body.includes(text)).length

  async function until(look: () => boolean, what: string): Promise<void> {
    await waitUntil({
      look: () => (look() ? true : undefined),
      over: () => false,
      timeoutMs: 60_000,
      describe: () => what,
    })
  }

  it('reads streaming answers, in a session that the server names', async () => {
    const {client, tools, call} = await host()
    expect(client.getServerVersion()).to.include({name: 'foreign', version: '9.9.9'})
    expect(client.getInstructions()).to.equal('Ask away.')
    expect(await tools()).to.include.members(['echo', 'count'])
    expect(await call('echo', {text: 'two\nlines \u2028 ü'})).to.equal(
      'echo {"text":"two\\nlines \u2028 ü"}',
    )
    const [first, ...others] = server.asked.filter(({method}) => method === 'POST')
    expect(first?.headers).not.to.have.property('mcp-session-id')
    const sessions = new Set(others.map(({headers}) => headers['mcp-session-id']))
    expect(sessions.size).to.equal(1)
    expect([...sessions][0]).to.be.a('string')
    expect(others.at(-1)?.headers['mcp-protocol-version']).to.equal('2025-11-25')
  })

  it('reads answers that come as JSON', async () => {
    await begin({answersJson: true})
    const {call} = await host()
    expect(await call('echo', {a: 1})).to.equal('echo {"a":1}')
  })

  it('forwards progress, and requests of the server to the host', async () => {
    const {client, messages} = await openMcpHost({
      home,
      env,
      capabilities: {capabilities: {sampling: {}}},
    })
    client.setRequestHandler(CreateMessageRequestSchema, () => ({
      role: 'assistant' as const,
      model: 'a-model',
      content: {type: 'text' as const, text: 'said by the host'},
    }))
    const params = {name: 'steps', arguments: {}}
    await client.callTool(params, undefined, {onprogress: () => undefined})
    const told = messages.map((message) =>
      'method' in message ? [message.method, message.params?.progress] : 'answer',
    )
    const steps = [1, 2, 3].map((step) => ['notifications/progress', step])
    expect(told).to.deep.equal([...steps, 'answer'])
    const {content} = await client.callTool({name: 'ask', arguments: {}})
    expect(JSON.stringify(content)).to.include('said by the host')
  })

  it('forwards unprompted messages of the server to the host', async () => {
    const {changes, changed} = await host()
    await until(() => server.asked.some(({method}) => method === 'GET'), 'a stream')
    const before = changes()
    await server.sayChanged()
    await changed(before)
  })

  it('requests the rest of an answer whose stream the server closes, without repeating the call', async () => {
    const {call} = await host()
    expect(await call('poll')).to.equal('poll {}')
    expect(posts('tools/call')).to.equal(1)
    expect(server.asked.some(({headers}) => headers['last-event-id'] !== undefined)).to.equal(true)
  })

  const inMemory = async ({pid}: RunningCli, what: 'HWM' | 'RSS'): Promise<number> => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    return Number(new RegExp(`^Vm${what}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
  }

  it('carries an answer of 30 MB', async () => {
    for (const answersJson of [false, true]) {
      await begin({answersJson})
      const cli = startCli(['mcp', 'connect'], {home, env})
      const params = {name: 'big', arguments: {size: 30 * MB}}
      cli.write(JSON.stringify({jsonrpc: '2.0', id: 1, method: 'tools/call', params}))
      await until(() => cli.stdout.endsWith('\n'), 'the answer')
      const {id, result} = JSON.parse(cli.stdout) as {id: number; result: {content: Content[]}}
      expect({id, length: result.content[0]?.text.length}).to.deep.equal({id: 1, length: 30 * MB})
      // Redaction in particular needs many times the size of its input.
      expect(await inMemory(cli, 'HWM')).to.be.below(400)
    }
  })

  it('refuses an answer beyond the limit, and continues', async () => {
    await begin({answersJson: true})
    const {call} = await host()
    expect(await call('big', {size: 65 * MB})).to.match(/^error: .*64 MB/)
    expect(await call('echo')).to.equal('echo {}')
  })

  it('cancels a call at the server, and sends nothing more about it', async () => {
    const {client, call} = await host()
    const given = new AbortController()
    const calling = client.callTool({name: 'wait', arguments: {}}, undefined, {
      signal: given.signal,
    })
    await until(() => posts('"wait"') === 1, 'the call')
    given.abort('enough')
    const error = await calling.catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(Error)
    await until(() => server.cancelled() === 1, 'the end of the call')
    expect(await call('echo')).to.equal('echo {}')
  })

  it('begins a new session where the server forgot it, without repeating a call', async () => {
    const {call, tools, changes, changed} = await host()
    expect(await call('count')).to.equal('count {}')
    await server.forget()
    const before = changes()
    expect(await call('count')).to.match(/^error: .*again/)
    expect(server.counted()).to.equal(1)
    await changed(before)
    expect(await call('count')).to.equal('count {}')
    expect(server.counted()).to.equal(2)
    await server.forget()
    expect(await tools()).to.include('count')
    expect(server.sessions()).to.equal(1)
  })

  it('introduces the host to the new session with the original message', async () => {
    const {tools} = await host()
    await server.forget()
    await tools()
    const introductions = server.asked
      .filter(({body}) => body.includes('"initialize"'))
      .map(({body}) => (JSON.parse(body) as {params: unknown}).params)
    expect(introductions).to.have.length(2)
    expect(introductions[1]).to.deep.equal(introductions[0])
  })

  for (const [what, fault, said] of [
    ['a 401', {status: 401}, /MOGPLEX_API_KEY.*unset/],
    ['a 403', {status: 403}, /\(403\).*MOGPLEX_API_KEY/],
    ['a 429', {status: 429, headers: {'retry-after': '7'}}, /too many requests.* 7 s/],
    ['a 500', {status: 500}, /500/],
    ['a redirect', {status: 307, headers: {location: '/login'}}, /does not accept/],
    ['a page', {status: 200, headers: {'content-type': 'text/html'}, body: '<p>Hi</p>'}, /accept/],
    ['a text', {status: 200, headers: {'content-type': 'text/plain'}, body: 'hi'}, /complete/],
    [
      'an answer to something else',
      {status: 200, body: '{"jsonrpc":"2.0","id":99,"result":{}}'},
      /complete/,
    ],
    ['nothing', {status: 200}, /complete/],
    ['a list of nothing', {status: 200, body: '[]'}, /complete/],
  ] as const) {
    it(`turns ${what} into an error of the tool, and continues`, async () => {
      const {call} = await host()
      await call('echo')
      server.setFault(({method}, response) => {
        if (method !== 'POST') return false
        const {status, headers, body} = {headers: {}, body: '', ...fault}
        response.writeHead(status, headers).end(body)
        return true
      })
      const text = await call('count')
      expect(text)
        .to.match(/^error: /)
        .and.to.match(said)
      server.setFault()
      expect(server.counted()).to.equal(0)
      expect(await call('echo')).to.equal('echo {}')
    })
  }

  it('forwards the error of a server that cannot read a request as the answer to it', async () => {
    const {client, call} = await host()
    server.setFault((_asked, response) => {
      const error = {code: -32_000, message: 'Bad Request: no'}
      response
        .writeHead(400, {'content-type': 'application/json'})
        .end(JSON.stringify({jsonrpc: '2.0', error, id: null}))
      return true
    })
    const error = await client.listTools().catch((caught: unknown) => caught)
    expect(error).to.include({code: -32_000}).and.property('message').to.include('Bad Request')
    server.setFault()
    expect(await call('echo')).to.equal('echo {}')
  })

  it('says of an interrupted answer that the call may have been done, and does not repeat it', async () => {
    const {call} = await host()
    await call('echo')
    server.setFault(({body}, response) => {
      if (!body.includes('count')) return false
      response.writeHead(200, {'content-type': 'text/event-stream'})
      response.write('data: {"jsonrpc":"2.0","id":')
      response.destroy()
      return true
    })
    expect(await call('count')).to.match(/^error: /)
    expect(posts('"count"')).to.equal(1)
  })

  it('allows with --read-only exactly what the server marks', async () => {
    server.addTool('twice', true)
    server.addTool('twice')
    const {tools, call, client} = await host(['--read-only'])
    for (const name of ['count', 'ask', 'wait', 'twice', 'unknown']) {
      expect(await call(name), name).to.match(/^error: .*--read-only/)
    }
    expect(await call('echo')).to.equal('echo {}')
    expect(await tools()).to.deep.equal(['echo', 'big', 'steps'])
    expect(server.counted()).to.equal(0)
    const error = await client
      .request({method: 'tasks/cancel', params: {taskId: '1'}}, {} as never)
      .catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(Error)
    expect(posts('tasks/cancel')).to.equal(0)
    server.addTool('later', true)
    await until(() => server.asked.some(({method}) => method === 'GET'), 'a stream')
    await server.sayChanged()
    await until(() => posts('tools/list') > 1, 'a second list').catch(() => undefined)
    expect(await tools()).to.include('later')
    expect(await call('later')).to.equal('later {}')
  })

  it('ends the session at the server when the host ends', async () => {
    const {client, call} = await host()
    await call('echo')
    await client.close()
    await until(() => server.asked.some(({method}) => method === 'DELETE'), 'the end')
  })

  describe('and a flooding host', () => {
    const FLOOD = 10_000

    function open(): RunningCli {
      const cli = startCli(['mcp', 'connect'], {home, env})
      cli.write(message({id: 0, method: 'initialize', params: {protocolVersion: '2025-11-25'}}))
      return cli
    }

    function message(fields: object): string {
      return JSON.stringify({jsonrpc: '2.0', ...fields})
    }

    it('answers each of 10,000 messages, with constant memory', async () => {
      await begin({answersJson: true})
      // The server is in this process: its answers cost little.
      server.setFault(({method, body}, response) => {
        if (method !== 'POST') return false
        const {id} = JSON.parse(body) as {id?: number}
        if (id === undefined) response.writeHead(202).end()
        else {
          const headers = {'content-type': 'application/json'}
          response.writeHead(200, headers).end(message({id, result: {text: 'x'.repeat(2000)}}))
        }
        return true
      })
      const cli = open()
      await cli.waitFor('"id":0')
      let [count, offset] = [0, 0]
      const seen = (): number => {
        const text = cli.stdout
        for (let end = text.indexOf('\n', offset); end !== -1; end = text.indexOf('\n', offset)) {
          count += 1
          offset = end + 1
        }
        return count
      }
      const send = (from: number, to: number): void => {
        for (let id = from; id < to; id += 1) {
          const params = {name: 'echo', text: 'y'.repeat(1000)}
          cli.write(message({id, method: id % 5 === 0 ? 'tools/call' : 'ping', params}))
        }
      }
      send(1, FLOOD / 2)
      await until(() => seen() >= FLOOD / 2, 'half of the answers')
      const half = await inMemory(cli, 'RSS')
      send(FLOOD / 2, FLOOD)
      await until(() => seen() >= FLOOD, 'all answers')
      const full = await inMemory(cli, 'RSS')
      const ids = cli.stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as {id: number}).id)
      expect(new Set(ids).size).to.equal(FLOOD)
      expect(full, `${half} MB at half`).to.be.below(half + 40)
      cli.endInput()
      expect((await cli.exit).code).to.equal(0)
    })

    it('reads no more than it can forward: it waits for a slow reader', async () => {
      await begin({answersJson: true})
      const {spawn} = await import('node:child_process')
      const {builtCli, cliEnvironment} = await import('../support/cli-environment.js')
      const [program, ...args] = builtCli
      const child = spawn(program, [...args, 'mcp', 'connect'], {
        cwd: home,
        env: cliEnvironment(home, env),
        stdio: ['pipe', 'pipe', 'ignore'],
      })
      child.stdin.on('error', () => undefined)
      // Its output is not read: the pipe fills, and then nothing more is requested.
      const one = message({id: 1, method: 'ping', params: {text: 'z'.repeat(10_000)}})
      let written = 0
      while (written < 5000 && child.stdin.write(`${one.replace('"id":1', `"id":${written}`)}\n`)) {
        written += 1
      }
      const big = message({id: 'big', method: 'ping', params: {text: 'z'.repeat(MB)}})
      for (let count = 0; count < 64; count += 1) child.stdin.write(`${big}\n`)
      child.stdout.resume()
      child.stdin.end()
      const [code] = (await once(child, 'exit')) as [number]
      expect(code).to.equal(0)
    })
  })
})
