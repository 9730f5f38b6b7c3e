import {expect} from 'chai'
import {NOT_ANSWERED} from '../../src/terminal/confirm.js'
import {ANSWER_INTERRUPTED} from '../../src/app/composer/interruptible-work.js'
import {NOT_SHOWN} from '../../src/app/sign-in/stored-key-text.js'
import {SIGN_IN_QUESTION} from '../../src/app/sign-in/login-screen.js'
import {streamOf} from '../support/chat-frames.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'

const SIZE = {columns: 100, rows: 40}
const SECOND_QUESTION = new RegExp(`Error: [^]+${SIGN_IN_QUESTION.replace('?', '\\?')}`)
const NOW = '2026-01-01T00:00:00.000Z'

describe('errors in the app', () => {
  const stage = setStage()

  it('are shown with a remedy, and the app continues', async () => {
    const login = await stage.putLogin()
    const terminal = stage.terminal([], SIZE)
    await terminal.see('your login pays')
    terminal.type('Hello?\r')
    await terminal.see(/Error: [^]+OPENAI_API_KEY/)
    await terminal.see(/your login cannot pay for prompts/)
    expect(await stage.storedLogin()).to.deep.include(login)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)

    const MOGPLEX_API_KEY = await stage.cloud.createKey('ada@example.test')
    const paid = stage.terminal([], {...SIZE, env: {MOGPLEX_API_KEY}})
    await paid.see('MOGPLEX_API_KEY pays')
    paid.type('[busy]\r')
    await paid.see(/\b30 s\b/)
    paid.type('now [fail]\r')
    await paid.see('The provider failed')
    paid.type('[no-balance]\r')
    await paid.see(/Plans & Billing/)
    paid.type('Are you there?\r')
    await paid.see(/“Are you there\?”[^]+tokens in, \d+ out/)
    paid.type('/quit\r')
    expect((await paid.exit).code).to.equal(0)
  }).timeout(60_000)

  it('name the entry of a wrong key, and no key that the server rejects is stored', async () => {
    const stub = await startStubServer((response) => {
      response.writeHead(401, {'content-type': 'application/json'})
      response.end('{"error":{"message":"No such key"}}')
    })
    const terminal = stage.terminal([], {...SIZE, env: {OPENAI_BASE_URL: stub.url}})
    await terminal.see(SIGN_IN_QUESTION)
    terminal.press('down')
    await terminal.see('❯ Use an API key')
    terminal.press('enter')
    await terminal.see('❯ Mogplex')
    terminal.press('enter')
    await terminal.see(NOT_SHOWN)
    terminal.type(`${stage.secret(`mog_${'wrong4'.repeat(6).slice(0, 32)}`)}\r`)
    await terminal.see(SECOND_QUESTION)
    expect(await stage.authText()).to.equal(undefined)
    const openai = JSON.stringify({
      openai: {type: 'api-key', key: stage.secret('sk-proj-wrong-0123456789'), obtainedAt: NOW},
    })
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.equal(130)

    await stage.putAuthFile(openai)
    const app = stage.terminal([], {...SIZE, env: {OPENAI_BASE_URL: stub.url}})
    await app.see('your OpenAI key pays')
    app.type('Hello?\r')
    await app.see('mogplex logout --provider openai')
    app.type('/quit\r')
    expect((await app.exit).code).to.equal(0)
  }).timeout(60_000)

  it('can be left by Ctrl+C where a list never arrives, and by Escape at the login screen', async () => {
    const stub = await startStubServer((response, {path}) => {
      if (path !== '/models') response.end(streamOf('never asked'))
    })
    const key = stage.secret('sk-proj-slow-0123456789')
    const env = {BROWSER: 'true', OPENAI_API_KEY: key, OPENAI_BASE_URL: stub.url}
    const terminal = stage.terminal([], {...SIZE, env})
    await terminal.see('OPENAI_API_KEY pays')
    terminal.type('/model\r') // its list never arrives
    await terminal.see(/Ctrl\+C/)
    terminal.press('ctrl+c')
    await terminal.see(/interrupted/)
    terminal.type('/login\r')
    await terminal.see('❯ Sign in with Mogplex')
    terminal.press('escape')
    await terminal.see('Nothing was chosen.')
    await terminal.see('› Ask anything')
    expect(terminal.screen()).not.to.include('Sign in with Mogplex')
    terminal.type('\x03\x03')
    expect((await terminal.exit).code).to.equal(0)
  }).timeout(60_000)

  it('include at /login that a variable outranks the stored credential', async () => {
    const OPENAI_API_KEY = stage.secret('sk-proj-outranks-0123456789')
    const terminal = stage.terminal([], {...SIZE, env: {BROWSER: 'true', OPENAI_API_KEY}})
    await terminal.see('OPENAI_API_KEY pays')
    terminal.type('/login\r')
    await terminal.see('❯ Sign in with Mogplex')
    terminal.press('enter')
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    await terminal.see(/ada@example\.test · openai: default model\W+OPENAI_API_KEY pays/)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  }).timeout(60_000)
})

describe('the app beside another terminal, and with a token that needs consent', () => {
  const stage = setStage({inferenceAccepts: 'oauth'})

  it('shows who signs in elsewhere, and uses that login from then on', async () => {
    const server = await startStubServer((response, {path}) => {
      response.end(path === '/models' ? '{"data":[{"id":"stub-1"}]}' : streamOf('Paid for.'))
    })
    const env = {
      VERCEL_API_TOKEN: stage.secret('vercel-token-of-the-app'),
      VERCEL_BASE_URL: server.url,
    }
    const vercel = stage.terminal([], {...SIZE, env})
    await vercel.see('VERCEL_API_TOKEN pays')
    vercel.type('Hello?\r')
    await vercel.see('(y/N)')
    vercel.press('ctrl+c')
    await vercel.see(NOT_ANSWERED)
    vercel.type('Hello?\r')
    await vercel.see(/\(y\/N\)[^]+\(y\/N\)/)
    vercel.press('enter')
    await vercel.see(/Error: VERCEL_API_TOKEN is set [^]+\/model/)
    expect(vercel.scrollback()).not.to.include('--model')
    expect(server.requests, 'nothing was sent').to.deep.equal([])
    vercel.type('Hello?\r')
    await vercel.see(/(\(y\/N\)[^]+){2}\(y\/N\)/)
    vercel.type('y\r')
    await vercel.see('Paid for.')
    vercel.type('Again?\r')
    await vercel.see(/Paid for\.[^]+Paid for\./)
    vercel.type('/quit\r')
    expect((await vercel.exit).code).to.equal(0)

    const MISTRAL = {
      mistral: {type: 'api-key', key: stage.secret('mistral-key-0123456789'), obtainedAt: NOW},
    }
    await stage.putAuthFile(JSON.stringify(MISTRAL))
    const terminal = stage.terminal([], SIZE)
    await terminal.see('your Mistral key pays')
    await stage.signIn()
    await terminal.see('ada@example.test · mogplex: default model · your login pays')
    terminal.type('Hello?\r')
    await terminal.see('canned by the local cloud')
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  }).timeout(90_000)

  it('accepts a paste of 200 lines as one prompt, at 40 columns and through a resize', async () => {
    await stage.putLogin()
    const before = stage.cloud.requests.length
    const terminal = stage.terminal([], {columns: 40, rows: 20})
    await terminal.see('your login pays')
    const lines = Array.from({length: 200}, (_, index) => `line ${index + 1} 日本語 👩‍👩‍👧`)
    terminal.paste(`[slow] ${lines.join('\n')}`)
    await terminal.see('200 lines')
    terminal.press('enter')
    await terminal.see('and 181 more lines')
    await terminal.see('Claude Sonnet')
    terminal.resize(70, 30)
    await terminal.see('ada@example.test · mogplex: default model · your login pays')
    terminal.press('ctrl+c')
    await terminal.see(ANSWER_INTERRUPTED)
    terminal.press('ctrl+d')
    expect((await terminal.exit).code).to.equal(0)
    const asked = stage.cloud.requests.slice(before).map(({path}) => path)
    const answered = asked.filter((path) => path.endsWith('/chat/completions'))
    expect(answered).to.have.length(1)
  }).timeout(60_000)
})
