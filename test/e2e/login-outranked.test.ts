import {expect} from 'chai'
import {SIGN_IN_QUESTION} from '../../src/app/sign-in/login-screen.js'
import {expectExit, jsonLines} from '../support/answers.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

describe('mogplex login, while a variable is set', () => {
  const stage = setStage()

  it('says that MOGPLEX_API_KEY outranks the new login', async () => {
    const MOGPLEX_API_KEY = stage.secret('mog_outranks-the-login')
    const {stderr, stdout} = await stage.signIn(undefined, {env: {MOGPLEX_API_KEY}})
    expect(stderr).to.include(
      'MOGPLEX_API_KEY is set and outranks your login.  unset MOGPLEX_API_KEY\n',
    )
    expect(stdout).to.match(/^Signed in .*ada@example\.test/)
  })

  it('says that OPENAI_API_KEY pays for prompts', async () => {
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const {stderr} = await stage.signIn(undefined, {env: {OPENAI_API_KEY}})
    expect(stderr).to.include(
      'OPENAI_API_KEY is set and outranks your login for prompts.  unset OPENAI_API_KEY\n',
    )
  })

  it('prints no such notice when no variable is set, or a blank one', async () => {
    const {stderr} = await stage.signIn(undefined, {env: {OPENAI_API_KEY: '  '}})
    expect(stderr).not.to.include('outranks')
  })

  it('says before the login who is signed in, and that MOGPLEX_API_KEY will still win', async () => {
    await stage.putLogin()
    const replaced = 'ada@example.test; another login replaces it.\n'
    const again = await stage.signIn()
    expect(again.stderr.split('http')[0]).to.include(`You are signed in as ${replaced}`)
    const MOGPLEX_API_KEY = stage.secret('mog_outranks-the-login')
    const {stderr} = await stage.signIn(undefined, {env: {MOGPLEX_API_KEY}})
    expect(stderr.split('http')[0])
      .to.include('MOGPLEX_API_KEY is set and outranks every login.  unset MOGPLEX_API_KEY\n')
      .and.include(`The stored login is of ${replaced}`)
    const stdin = `${await stage.cloud.createKey('ada@example.test')}\n`
    const key = await stage.run(['login', '--with-api-key'], {stdin, env: {MOGPLEX_API_KEY}})
    expectExit(key, 0)
    expect(key.stderr).to.match(/^MOGPLEX_API_KEY is set and outranks every login\./)
  })

  it('says it in the app, too, before /login asks', async () => {
    const MOGPLEX_API_KEY = stage.secret('mog_outranks-the-login')
    const terminal = stage.terminal([], {env: {MOGPLEX_API_KEY}, columns: 100})
    await terminal.see('MOGPLEX_API_KEY pays')
    terminal.type('/login\r')
    await terminal.see(SIGN_IN_QUESTION)
    expect(terminal.scrollback()).to.match(
      /outranks every login\. {2}unset MOGPLEX_API_KEY\s[^]*How do you want to sign in/,
    )
    terminal.press('up')
    await terminal.see('❯ Back')
    terminal.press('enter')
    await terminal.see('› Ask anything')
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('reports it in a separate object with --json', async () => {
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const login = stage.start(['login', '--no-browser', '--json'], {env: {OPENAI_API_KEY}})
    const [, address = ''] = await login.waitFor(/"url":"([^"]+)"/)
    await stage.cloud.browser('ada@example.test').visit(address)
    const result = await login.exit
    expectExit(result, 0)
    const [, outranked, signedIn] = jsonLines(result)
    expect(outranked).to.include({type: 'outranked'})
    expect(outranked)
      .to.have.property('notice')
      .that.includes('OPENAI_API_KEY is set and outranks your login')
    expect(signedIn).to.include({type: 'signed-in'})
  })

  it('signs in where the variable is malformed, and says that it prevents the use of the login', async () => {
    const MOGPLEX_API_KEY = stage.secret('sk-ant-of-another-provider')
    await stage.signIn(undefined, {env: {MOGPLEX_API_KEY}})
    expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
    const {code, stderr} = await stage.run(['whoami'], {env: {MOGPLEX_API_KEY}})
    expect(code).to.equal(64)
    expect(stderr).to.include('MOGPLEX_API_KEY is set, and it holds a key of Anthropic')
  })

  it('sends no key of a provider to Mogplex', async () => {
    const OPENAI_API_KEY = stage.secret('sk-stays-at-home')
    const sent: string[] = []
    stage.intercept(async ({url, headers}) => {
      sent.push(url, JSON.stringify([...headers]))
      return undefined
    })
    await stage.signIn(undefined, {env: {OPENAI_API_KEY}})
    expectExit(await stage.run(['whoami', '--verify'], {env: {OPENAI_API_KEY}}), 0)
    expect(sent.join()).to.include('/mcp/token').and.to.include('Bearer ')
    expect(sent.join()).not.to.include(OPENAI_API_KEY)
  })

  it('shows it in one line at a terminal', async () => {
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const terminal = stage.terminal(['login', '--no-browser'], {env: {OPENAI_API_KEY}})
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.scrollback().match(/OPENAI_API_KEY is set/g)).to.have.length(1)
  })
})
