import {expect} from 'chai'
import {once} from 'node:events'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {textFrame} from '../support/chat-frames.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'

const KEY = 'sk-proj-of-the-hostile-test-0123456789'
const NESTED = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
const JSON_TYPE = {headers: {'content-type': 'application/json'}}

describe('a malicious server', function () {
  this.timeout(60_000)
  const stage = setStage()

  /** Sets the answer for a path of the cloud. */
  function answerWith(path: string, body: string): void {
    stage.intercept(async (request) => {
      const isMeant = new URL(request.url).pathname.endsWith(path)
      return Promise.resolve(isMeant ? new Response(body, JSON_TYPE) : undefined)
    })
  }

  function servers(secrets: number): string {
    const env = Object.fromEntries(
      Array.from({length: secrets}, (_, index) => [`KEY_${index}`, `s3cret-value-${index}`]),
    )
    const list = [{name: 'hostile', enabled: true, config: {command: 'x', env}}]
    return JSON.stringify({ok: true, data: {servers: list}})
  }

  it('does not prevent a sign-in: its list is a warning', async () => {
    answerWith('/mcp/servers', servers(10_000))
    answerWith('/models', `{"ok":true,"data":{"models":[],"x":${NESTED}}}`)
    const {stderr} = await stage.signIn()
    expect(stderr).to.include(
      `The MCP servers were not synced. ${stage.host} answered with more than 2000 secrets.`,
    )
    expect(stderr).to.include(
      `The models were not synced. ${stage.host} answered with more than 64 objects and lists within each other.`,
    )
    expect(stderr).not.to.include('s3cret-value')
  })

  it('is reported with host and limit where its list was requested', async () => {
    await stage.putLogin()
    answerWith('/mcp/servers', servers(2001))
    expect(jsonErrorOf(await stage.run(['mcp', '--refresh', '--json']))).to.include({
      code: 'ANSWER_TOO_LARGE',
      exitCode: 69,
      message: `${stage.host} answered with more than 2000 secrets.`,
    })
  })

  it('does not make a prompt wait, and earlier text is shown', async () => {
    const server = await startStubServer(async (response, {path}) => {
      if (path === '/v1/models') {
        response.end('{"data":[{"id":"stub-1"}]}')
        return
      }
      response.writeHead(200, {'content-type': 'text/event-stream'})
      response.write(textFrame('so far'))
      const gone = once(response, 'close')
      for (let sent = 0; sent < 4096 && !response.destroyed; sent += 1) {
        if (response.write('data: '.padEnd(16_384, 'x'))) continue
        const over = new AbortController()
        await Promise.race([once(response, 'drain', {signal: over.signal}), gone])
        over.abort()
      }
      response.end()
    })
    const env = {OPENAI_API_KEY: stage.secret(KEY), OPENAI_BASE_URL: `${server.url}/v1`}
    const result = await stage.run(['--prompt', 'Hello'], {env})
    expectExit(result, 69)
    expect(result.stdout).to.equal('so far\n')
    const {host} = new URL(server.url)
    expect(result.stderr).to.include(`${host} answered with more than 1 MB in one frame.`)
  })

  it('does not cause rotated tokens to be lost', async () => {
    const login = await stage.putLogin()
    const mogplex = {...login, expiresAt: new Date(0).toISOString()}
    await stage.putAuthFile(JSON.stringify({mogplex}))
    stage.intercept(async (request, serve) => {
      if (!new URL(request.url).pathname.endsWith('/token')) return undefined
      const tokens = await (await serve()).text()
      return new Response(tokens.replace('{', `{"x":${NESTED},`), JSON_TYPE)
    })
    const verified = jsonOf(await stage.run(['whoami', '--verify', '--json']))
    expect(verified).to.have.property('account').that.includes({email: 'ada@example.test'})
    const stored = await stage.storedLogin()
    expect(stored.refreshToken).to.be.a('string').and.not.equal(login.refreshToken)
  })
})
