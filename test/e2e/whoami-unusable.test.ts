import {expect} from 'chai'
import {instantText} from '../../src/domain/text/instants.js'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {expireStoredLogin} from '../support/server-stage.js'
import {setStage} from '../support/sign-in-stage.js'

describe('mogplex whoami, with a variable that cannot be a key', () => {
  const stage = setStage()

  const malformed: [what: string, variable: string, value: string][] = [
    ['a line break', 'MOGPLEX_API_KEY', 'mog_first-half\nsecond-half'],
    ['a blank', 'MOGPLEX_API_KEY', 'mog_first-half second-half'],
    ['the prefix of Anthropic', 'MOGPLEX_API_KEY', 'sk-ant-of-anthropic'],
    ['the prefix of Mogplex', 'OPENAI_API_KEY', 'mog_of-mogplex-itself'],
    ['a letter outside ASCII', 'GROQ_API_KEY', 'gsk_schlüssel-wort'],
    ['a pair of quotes', 'MOGPLEX_API_KEY', '"mog_in-double-quotes"'],
    ['the name of a variable', 'OPENAI_API_KEY', 'OPENAI_API_KEY=sk-assigned-twice'],
  ]
  for (const [what, variable, value] of malformed) {
    it(`exits with 64 and names ${variable} when it contains ${what}`, async () => {
      await stage.putLogin()
      const env = {[variable]: stage.secret(value)}
      const need = variable === 'MOGPLEX_API_KEY' ? 'account' : 'model'
      const args = ['whoami', '--require', need]
      const error = jsonErrorOf(await stage.run([...args, '--json'], {env}))
      expect(error).to.include({code: 'MALFORMED_VARIABLE', exitCode: 64})
      expect(error.message).to.include(variable)
      expect(error.remedy).to.include(`\`unset ${variable}\``)
    })
  }

  it('uses the login where only the account is required', async () => {
    await stage.putLogin()
    const env = {OPENAI_API_KEY: stage.secret('two words are not a key')}
    expectExit(await stage.run(['whoami', '--require', 'account'], {env}), 0)
  })

  it('says which variable pays for nothing, why, and how to fix it: in text and JSON', async () => {
    await stage.putLogin()
    for (const [env, variable] of [
      [{OPENAI_API_KEY: stage.secret('"sk-in-quotes"')}, 'OPENAI_API_KEY'],
      [{OPENAI_API_KEY: stage.secret('sk-is-a-key'), OPENAI_BASE_URL: 'bogus'}, 'OPENAI_BASE_URL'],
    ] as const) {
      const json = await stage.run(['whoami', '--json'], {env})
      const {account, model, modelProblem} = jsonOf(json)
      expect(account).to.include({email: 'ada@example.test'})
      const isKey = variable === 'OPENAI_API_KEY'
      expect(model === null).to.equal(isKey)
      expect(modelProblem).to.include({remedy: `unset ${variable}`})
      const {source, why} = modelProblem as {source: unknown; why: string}
      expect(source).to.deep.equal({type: 'env', variable})
      const text = await stage.run(['whoami'], {env})
      expectExit(text, 0)
      expect(text.stdout).to.include(`${variable} is set, and ${why}.  unset ${variable}`)
      const gate = await stage.run(['whoami', '--require', 'model', '--json'], {env})
      expectExit(gate, isKey ? 64 : 2)
    }
  })

  it('accepts a key with blanks around it', async () => {
    const env = {MOGPLEX_API_KEY: ` ${stage.secret('mog_with-blanks-around')}\n`}
    expectExit(await stage.run(['whoami'], {env}), 0)
  })
})

describe('mogplex whoami, with a login that does not count', () => {
  const stage = setStage()

  it('exits with 64 and says whose login expired, and when', async () => {
    await stage.putLogin('ada@example.test', 'openid profile email read write')
    await expireStoredLogin(stage)
    const {expiresAt = ''} = await stage.storedLogin()
    const error = jsonErrorOf(await stage.run(['whoami', '--json']))
    expect(error).to.include({code: 'LOGIN_EXPIRED', exitCode: 64})
    expect(error.message)
      .to.include('ada@example.test')
      .and.include(instantText(new Date(expiresAt)))
    expect(error.remedy).to.include('`mogplex login`')
    expect(await stage.authText(), 'it is kept').to.include(expiresAt)
  })

  it('says whose login expired where a key pays, to a person and in the app', async () => {
    await stage.putLogin('ada@example.test', 'openid profile email read write')
    await expireStoredLogin(stage)
    const env = {OPENAI_API_KEY: stage.secret('sk-beside-a-login-that-is-over')}
    const result = await stage.run(['whoami'], {env})
    expectExit(result, 0)
    expect(result.stdout).to.match(/login +The login of ada@example\.test expired/)
    const terminal = stage.terminal([], {env, columns: 100})
    await terminal.see('OPENAI_API_KEY pays')
    terminal.type('/whoami\r')
    await terminal.see(/login of ada@example\.test expired[^]+Run \/login/)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('exits with 64 and names both hosts when the login is for another one', async () => {
    await stage.putLogin()
    for (const env of [
      {MOGPLEX_URL: 'https://mogplex.example.test'},
      {MOGPLEX_ISSUER: 'https://mogplex.example.test/'},
    ]) {
      const error = jsonErrorOf(await stage.run(['whoami', '--json'], {env}))
      expect(error).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
      for (const name of ['ada@example.test', stage.host, 'mogplex.example.test']) {
        expect(error.message).to.include(name)
      }
    }
  })

  it('does not send the login to another host, not even to verify it', async () => {
    await stage.putLogin()
    const before = stage.cloud.requests.length
    const env = {MOGPLEX_URL: `http://localhost:${stage.cloud.port}`}
    expectExit(await stage.run(['whoami', '--verify'], {env}), 64)
    expect(stage.cloud.requests).to.have.length(before)
  })

  it('exits with 64 when the entry does not match our format, and leaves it', async () => {
    const text = `{"mogplex": {"type": "oauth", "accessToken": "${stage.secret('half-a-login')}"}}`
    await stage.putAuthFile(text)
    const error = jsonErrorOf(await stage.run(['whoami', '--json']))
    expect(error).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
    expect(error.message).to.include('auth.json')
    expect(await stage.authText()).to.equal(text)
  })
})
