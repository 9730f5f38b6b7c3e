import {expect} from 'chai'
import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {expectErrorFields, expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {onCleanup} from '../support/cleanup.js'
import {setStage} from '../support/sign-in-stage.js'

const VERIFY = ['whoami', '--verify']

describe('mogplex whoami --verify', () => {
  const stage = setStage()

  it('confirms that the server agrees, and stores when', async () => {
    await stage.putLogin()
    const result = await stage.run([...VERIFY, '--json'])
    expectExit(result, 0)
    const {account, verification} = jsonOf(result)
    expect(verification).to.deep.equal({state: 'verified'})
    const {verifiedAt} = await stage.storedLogin()
    expect(Date.parse(verifiedAt ?? '')).to.be.closeTo(Date.now(), 60_000)
    expect(account).to.include({email: 'ada@example.test'})
    const [later, text] = await Promise.all([
      stage.run(['whoami', '--json']),
      stage.run(['whoami']),
    ])
    expect(jsonOf(later).account).to.have.property('verifiedAt', verifiedAt)
    expect(text.stdout).to.match(/, verified \d\d:\d\d\n/)
  })

  it('exits with 64 when a revoked token cannot be refreshed, and keeps the login', async () => {
    await stage.putLogin('ada@example.test', 'openid profile email read write')
    const before = await stage.authText()
    await stage.cloud.revokeTokens()
    const [text, json] = await Promise.all([stage.run(VERIFY), stage.run([...VERIFY, '--json'])])
    expectExit(text, 64)
    expect(text.stdout).to.equal('')
    expect(text.stderr).to.include(`Error: ${stage.host} rejects the stored login.`)
    expect(jsonErrorOf(json)).to.include({
      code: 'CREDENTIAL_REJECTED',
      remedy: 'Run `mogplex login`.',
    })
    expect(await stage.authText()).to.equal(before)
  })

  it('exits with 64 for a wrong API key, and names the variable', async () => {
    const env = {MOGPLEX_API_KEY: stage.secret('mog_that-nobody-knows')}
    const {message, remedy, exitCode} = jsonErrorOf(await stage.run([...VERIFY, '--json'], {env}))
    expect(exitCode).to.equal(64)
    expect(message).to.equal(`${stage.host} rejects MOGPLEX_API_KEY.`)
    expect(remedy).to.include('`unset MOGPLEX_API_KEY`')
  })

  for (const [name, answer] of [
    ['a redirect to the sign-in page', () => redirect('/login?next=%2F')],
    ['HTML where JSON was due', () => new Response('<!doctype html>', {status: 200})],
  ] as const) {
    it(`exits with 64 after ${name}`, async () => {
      await stage.putLogin()
      stage.intercept(async () => answer())
      const result = await stage.run(VERIFY)
      expectExit(result, 64)
      expect(result.stderr).to.include('does not accept the stored login')
    })
  }

  it('follows no redirect with a credential', async () => {
    await stage.putLogin()
    const other = `http://localhost:${stage.cloud.port}/api/v1/mogplex/repos`
    stage.intercept(async ({url}) => (url.includes('/repos?limit=1') ? redirect(other) : undefined))
    const before = stage.cloud.requests.length
    const result = await stage.run(VERIFY)
    expectExit(result, 64)
    expect(result.stderr).to.include('redirects to localhost')
    expect(stage.cloud.requests).to.have.length(before + 1)
  })

  for (const [name, answer, exitCode, code] of [
    ['503', () => new Response('no', {status: 503}), 69, 'REMOTE'],
    ['a cut connection', () => 'drop' as const, 69, 'UNREACHABLE'],
    ['JSON of another shape', () => Response.json({hello: 1}), 69, 'REMOTE'],
    [
      '429',
      () => new Response('', {status: 429, headers: {'retry-after': '9'}}),
      75,
      'RATE_LIMITED',
    ],
  ] as const) {
    it(`shows the stored answer as unverified after ${name}, and exits with ${exitCode}`, async () => {
      await stage.putLogin()
      stage.intercept(async () => answer())
      const [text, json] = await Promise.all([stage.run(VERIFY), stage.run([...VERIFY, '--json'])])
      expectExit(text, exitCode)
      expect(text.stdout).to.match(/^ada@example\.test \(Ada Lovelace\), .*, unverified\n/)
      expect(text.stderr).not.to.equal('')
      expectExit(json, exitCode)
      const {account, verification} = jsonOf(json)
      expect(account).to.include({email: 'ada@example.test', verifiedAt: null})
      const {state, error} = verification as {state: string; error: Record<string, unknown>}
      expect(state).to.equal('unverified')
      expect(error).to.include({code, exitCode})
      expectErrorFields(error)
      if (exitCode === 75) {
        expect(text.stderr).to.include('Try again in 9 s.')
        expect(error).to.include({status: 429, retryAfterSeconds: 9})
      }
    })
  }

  it('exits with 69 and the stored answer where nothing listens', async () => {
    const [port] = stage.ports
    const {accessToken} = await stage.putLogin()
    const url = `http://127.0.0.1:${port}`
    const text = ((await stage.authText()) ?? '').replaceAll(stage.cloud.url, url)
    await stage.putAuthFile(text)
    const result = await stage.run(VERIFY, {env: {MOGPLEX_URL: url}})
    expectExit(result, 69)
    expect(result.stdout).to.include('unverified')
    expect(result.stderr).to.include('connection refused').and.not.to.include(accessToken)
  })

  it('exits with 64 when there is nobody to verify', async () => {
    const before = stage.cloud.requests.length
    expectExit(await stage.run(VERIFY), 64)
    expect(stage.cloud.requests).to.have.length(before)
  })

  it('exits with 65, in JSON too, when the server forbids it', async () => {
    await stage.putLogin()
    stage.intercept(async () =>
      Promise.resolve(new Response('{"error":"Forbidden"}', {status: 403})),
    )
    expectExit(await stage.run(VERIFY), 65)
    const error = jsonErrorOf(await stage.run([...VERIFY, '--json']))
    expect(error).to.include({code: 'SCOPE_MISSING', exitCode: 65, status: 403})
  })

  for (const [status, exitCode] of [
    [200, 0],
    [401, 64],
    [503, 69],
  ] as const) {
    it(`sends a provider's key to the provider where there is nothing else: ${status}`, async () => {
      const asked: (string | undefined)[] = []
      const server = createServer((request, response) => {
        asked.push(request.headers.authorization)
        response.writeHead(status, {'content-type': 'application/json'}).end('{"data":[]}')
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      onCleanup(() => void server.close())
      const {port} = server.address() as AddressInfo
      const key = stage.secret('sk-of-a-provider-only')
      const env = {OPENAI_API_KEY: key, OPENAI_BASE_URL: `http://127.0.0.1:${port}`}
      expectExit(await stage.run(VERIFY, {env}), exitCode)
      expect(asked).to.deep.equal([`Bearer ${key}`])
    })
  }
})

function redirect(location: string): Response {
  return new Response(null, {status: 307, headers: {location}})
}
