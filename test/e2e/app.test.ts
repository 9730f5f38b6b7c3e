import {expect} from 'chai'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

describe('bare mogplex', () => {
  const stage = setStage()

  it('opens the composer, and shows the account and the payer', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([])
    await terminal.see('ada@example.test · mogplex: default model · your login pays')
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('says which variable pays, and which one outranks the login', async () => {
    await stage.putLogin()
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const terminal = stage.terminal([], {env: {OPENAI_API_KEY}})
    await terminal.see('OPENAI_API_KEY pays')
    terminal.type('/whoami\r')
    await terminal.see(/\n.*OPENAI_API_KEY[^]*\n.*OPENAI_API_KEY/)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('exits with 64 without a terminal when nobody is signed in', async () => {
    const [result, json] = await Promise.all([stage.run([]), stage.run(['--json'])])
    expectExit(result, 64)
    expect(result.stdout).to.equal('')
    expect(result.stderr).to.include('`mogplex login`').and.to.include('MOGPLEX_API_KEY')
    expect(jsonErrorOf(json)).to.include({
      code: 'NOT_LOGGED_IN',
      exitCode: 64,
    })
  })

  it('exits with 2 without a terminal when somebody is signed in: it needs one', async () => {
    await stage.putLogin()
    const [result, json] = await Promise.all([stage.run([]), stage.run(['--json'])])
    expectExit(result, 2)
    expect(result.stdout).to.equal('')
    expect(result.stderr).not.to.equal('')
    expect(jsonErrorOf(json)).to.include({code: 'USAGE', exitCode: 2})
  })

  it('exits with 2 at a terminal in CI, and with --no-input', async () => {
    await stage.putLogin()
    for (const [args, env] of [
      [[], {CI: '1'}],
      [['--no-input'], {}],
    ] as const) {
      expect((await stage.terminal(args, {env}).exit).code).to.equal(2)
    }
  })
})
