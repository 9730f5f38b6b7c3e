import {expect} from 'chai'
import {rename} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

describe('mogplex whoami', () => {
  const stage = setStage()

  it('exits with 64 and how to sign in when nobody is signed in', async () => {
    const result = await stage.run(['whoami'])
    expectExit(result, 64)
    expect(result.stdout).to.equal('')
    expect(result.stderr).to.equal(
      'Error: No Mogplex credential was found.\nRun `mogplex login`, or set MOGPLEX_API_KEY in CI.\n',
    )
  })

  it('exits with 64 in JSON, too', async () => {
    const error = jsonErrorOf(await stage.run(['whoami', '--json']))
    expect(error).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
  })

  it('shows the account, its source, and the payer, in three lines', async () => {
    await stage.putLogin()
    const result = await stage.run(['whoami'])
    expectExit(result, 0)
    const [who, from, prompts, ...rest] = result.stdout.split('\n')
    expect(who).to.match(
      /^ada@example\.test \(Ada Lovelace\), read and write, signed in until \d+ \w+( \d+)? if unused$/,
    )
    expect(from).to.equal(`  from     ~/.mogplex/auth.json, ${stage.host}`)
    expect(prompts).to.equal('  prompts  your login pays, as far as its plan goes')
    expect(rest).to.deep.equal([''])
    expect(result.stderr).to.equal('')
  })

  it('says that a variable pays for prompts, and how to change that', async () => {
    await stage.putLogin()
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const {stdout} = await stage.run(['whoami'], {env: {OPENAI_API_KEY}})
    expect(stdout.split('\n')[2]).to.equal(
      '  prompts  OPENAI_API_KEY pays: it outranks your login.  unset OPENAI_API_KEY',
    )
  })

  it('prints one JSON object on one line, with exactly the documented keys', async () => {
    const {account, expiresAt, obtainedAt} = await stage.putLogin()
    const signedInUntil = new Date(Date.parse(obtainedAt) + 30 * 86_400_000).toISOString()
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const result = await stage.run(['whoami', '--json'], {env: {OPENAI_API_KEY}})
    expectExit(result, 0)
    const source = {type: 'file', path: stage.authPath}
    expect(jsonOf(result)).to.deep.equal({
      account: {
        kind: 'oauth',
        id: account?.id,
        email: 'ada@example.test',
        name: 'Ada Lovelace',
        scopes: ['read', 'write'],
        source,
        issuer: stage.cloud.url,
        expiresAt,
        signedInUntil,
        verifiedAt: null,
      },
      model: {provider: 'openai', source: {type: 'env', variable: 'OPENAI_API_KEY'}},
      outranked: [{provider: 'mogplex', source, by: 'OPENAI_API_KEY', for: 'model'}],
    })
  })

  it('has no account when only a provider pays, and no scopes for an API key', async () => {
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const provider = jsonOf(await stage.run(['whoami', '--json'], {env: {OPENAI_API_KEY}}))
    expect(provider.account).to.equal(null)
    expect(provider.outranked).to.deep.equal([])
    const MOGPLEX_API_KEY = stage.secret('mog_a-personal-access-token')
    const personal = jsonOf(await stage.run(['whoami', '--json'], {env: {MOGPLEX_API_KEY}}))
    expect(personal.account).to.deep.equal({
      kind: 'api-key',
      id: null,
      email: null,
      name: null,
      scopes: null,
      source: {type: 'env', variable: 'MOGPLEX_API_KEY'},
      issuer: stage.cloud.url,
      expiresAt: null,
      signedInUntil: null,
      verifiedAt: null,
    })
    const text = await stage.run(['whoami'], {env: {MOGPLEX_API_KEY}})
    expect(text.stdout).to.include('Signed in by MOGPLEX_API_KEY, scopes unknown\n')
  })

  it('says that a variable is used for the account instead of the login', async () => {
    await stage.putLogin()
    const MOGPLEX_API_KEY = stage.secret('mog_a-personal-access-token')
    const {stdout} = await stage.run(['whoami'], {env: {MOGPLEX_API_KEY}})
    expect(stdout).to.include(
      `  from     MOGPLEX_API_KEY, ${stage.host}: it outranks your login.  unset MOGPLEX_API_KEY\n`,
    )
  })

  it('sends no request', async () => {
    await stage.putLogin()
    const before = stage.cloud.requests.length
    await stage.run(['whoami'])
    expect(stage.cloud.requests).to.have.length(before)
  })

  for (const words of [
    ['login', 'status'],
    ['auth', 'status'],
  ]) {
    it(`is also called mogplex ${words.join(' ')}`, async () => {
      await stage.putLogin()
      const result = await stage.run([...words, '--json'])
      expectExit(result, 0)
      expect(jsonOf(result).account).to.include({email: 'ada@example.test'})
    })
  }

  it('reads MOGPLEX_HOME', async () => {
    await stage.putLogin()
    const MOGPLEX_HOME = join(stage.home, 'another place')
    await rename(join(stage.home, '.mogplex'), MOGPLEX_HOME)
    expectExit(await stage.run(['whoami']), 64)
    const result = await stage.run(['whoami'], {env: {MOGPLEX_HOME}})
    expectExit(result, 0)
    expect(result.stdout).to.include('~/another place/auth.json')
    expectExit(await stage.run(['whoami'], {env: {MOGPLEX_HOME: 'another place'}}), 0)
    expectExit(await stage.run(['whoami'], {env: {MOGPLEX_HOME: '  '}}), 64)
    await stage.run(['logout'], {env: {MOGPLEX_HOME}})
  })
})
