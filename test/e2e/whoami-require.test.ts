import {expect} from 'chai'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const NEEDS = ['account', 'model', 'write']
const READ_ONLY = 'openid profile email offline_access read'

describe('mogplex whoami --require', () => {
  const stage = setStage()
  const require = (what: string, env: Record<string, string> = {}, ...more: string[]) =>
    stage.run(['whoami', '--require', what, ...more], {env})

  it('exits with 0 for everything with a login that has write', async () => {
    await stage.putLogin()
    const results = await Promise.all(NEEDS.map((what) => require(what)))
    for (const result of results) expectExit(result, 0)
  })

  it('exits with 64 for everything when nobody is signed in', async () => {
    const results = await Promise.all(NEEDS.map((what) => require(what, {}, '--json')))
    for (const result of results) expect(jsonErrorOf(result).exitCode).to.equal(64)
  })

  it('exits with 64 for an account when only a provider pays, and with 0 for a model', async () => {
    const env = {OPENAI_API_KEY: stage.secret('sk-pays-for-prompts')}
    const [account, model, write] = await Promise.all(NEEDS.map((what) => require(what, env)))
    expect([account?.code, model?.code, write?.code]).to.deep.equal([64, 0, 64])
  })

  it('exits with 65 for write when the login may only read (MOGPLEX_SCOPES)', async () => {
    const {stdout} = await stage.signIn(undefined, {env: {MOGPLEX_SCOPES: READ_ONLY}})
    expect(stdout).to.match(/: read, until /)
    const [result, json, verified] = await Promise.all([
      require('write'),
      require('write', {}, '--json'),
      require('write', {}, '--verify'),
    ])
    expectExit(result, 65)
    expect(result.stdout).to.equal('')
    expect(result.stderr).to.include('it has no scope `write`').and.to.include('`mogplex login`')
    expect(jsonErrorOf(json)).to.include({code: 'SCOPE_MISSING'})
    expectExit(verified, 65)
    expectExit(await require('account'), 0)
  })

  it('exits with 65 for write with an API key, and points to --verify', async () => {
    const env = {MOGPLEX_API_KEY: stage.secret('mog_a-personal-access-token')}
    expectExit(await require('account', env), 0)
    const {remedy, exitCode} = jsonErrorOf(await require('write', env, '--json'))
    expect(exitCode).to.equal(65)
    expect(remedy).to.include('`mogplex whoami --verify --require write`')
  })

  for (const [status, exitCode] of [
    [404, 0],
    [403, 65],
  ] as const) {
    it(`asks the server whether an API key may write: ${exitCode} when it answers ${status}`, async () => {
      const MOGPLEX_API_KEY = stage.secret('mog_a-personal-access-token')
      stage.intercept(async ({url, method, headers}) => {
        const {pathname} = new URL(url)
        if (headers.get('authorization') !== `Bearer ${MOGPLEX_API_KEY}`) return undefined
        if (pathname.endsWith('/repos')) return Response.json({ok: true, data: {repos: []}})
        if (pathname === '/api/auth/user') {
          return Response.json({user: {id: 'usr_9', email: 'key@example.test', name: 'Key'}})
        }
        expect(method).to.equal('POST')
        expect(pathname).to.match(/^\/api\/v1\/mogplex\/runs\/[\da-f-]{36}\/cancel$/)
        return Response.json({ok: false, error: {code: 'X', message: 'x'}}, {status})
      })
      const result = await require('write', {MOGPLEX_API_KEY}, '--verify')
      expectExit(result, exitCode)
      if (exitCode === 0) expect(result.stdout).to.include('key@example.test (Key), scopes unknown')
      else expect(result.stderr).to.include('Use a key that was made with the scope `write`.')
    })
  }

  it('rejects another word as a usage error', async () => {
    expectExit(await require('everything'), 2)
    expect(jsonErrorOf(await require('everything', {}, '--json')).exitCode).to.equal(2)
  })
})
