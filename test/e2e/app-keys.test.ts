import {expect} from 'chai'
import {KEYS} from '../../src/app/composer/key-rows.js'
import {SEARCH_KEYS} from '../../src/app/composer/search-box.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'

const COMMANDS = ['login', 'logout', 'whoami', 'model', 'mcp', 'attach', 'clear', 'help', 'quit']

describe('the help for keys in the app', () => {
  const stage = setStage({inferenceAccepts: 'oauth'})

  it('offers every slash command at once in a terminal of 24 rows', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([])
    await terminal.see('your login pays')
    terminal.type('/')
    await terminal.see('/quit')
    for (const name of COMMANDS)
      expect(terminal.screen()).to.match(new RegExp(`^[› ] /${name} `, 'm'))
    terminal.type('quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('marks the current model, and resets the choice to the default', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([], {columns: 100, rows: 40})
    await terminal.see('mogplex: default model')
    terminal.type('/model openai/gpt-5\r')
    await terminal.see('mogplex: openai/gpt-5 · your login pays')
    terminal.type('/model\r')
    await terminal.see('❯ mogplex: openai/gpt-5  (current)')
    terminal.press('down')
    await terminal.see("❯ the account's default")
    terminal.press('enter')
    await terminal.see(/mogplex: default model · your login pays/)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
    const again = stage.terminal([], {columns: 100})
    await again.see('mogplex: default model')
    again.type('/quit\r')
    expect((await again.exit).code).to.equal(0)
  }).timeout(60_000)

  it('searches the history with Ctrl+R, returns with Escape, and shows the keys on ?', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([], {columns: 100})
    await terminal.see('your login pays')
    terminal.type('The first thought\r')
    await terminal.see(/tokens in[^]*› Ask anything/)
    terminal.type('half a')
    terminal.type('\x12')
    await terminal.see(SEARCH_KEYS)
    terminal.type('FIRST')
    await terminal.see(/› The first thought\n[^]*history: FIRST/)
    terminal.press('escape')
    await terminal.see(/› half a\n─+\n*$/)
    terminal.type('\x12thought')
    await terminal.see(/history: thought/)
    terminal.press('enter') // accepts it, without sending it
    await terminal.see(/› The first thought\n─+\n*$/)
    const answered = stage.cloud.requests.filter(
      ({path, status}) => path.endsWith('/completions') && status === 200,
    )
    expect(answered).to.have.length(1)
    terminal.press('ctrl+c')
    await terminal.see(/› Ask anything/)
    terminal.type('?')
    for (const [key, text] of KEYS)
      await terminal.see(
        new RegExp(
          `^  ${key.replace('+', '\\+')} +${text.slice(0, 12).replaceAll('\\', '\\\\')}`,
          'm',
        ),
      )
    expect(terminal.screen()).to.include('› Ask anything')
    terminal.press('escape')
    await terminal.see(/\? for keys/)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  }).timeout(60_000)

  it('shows the time waited for an answer, where the terminal supports it', async () => {
    const server = await startStubServer((response, {path}) => {
      if (path !== '/chat/completions') response.end('{"data":[{"id":"stub-1"}]}')
    })
    const env = {
      OPENAI_API_KEY: stage.secret('sk-proj-slow-0123456789'),
      OPENAI_BASE_URL: server.url,
    }
    const terminal = stage.terminal([], {columns: 100, env})
    await terminal.see('OPENAI_API_KEY pays')
    terminal.type('Hello?\r')
    await terminal.see(/^ {2}[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏|/\\-] Answering, 1 s\. Ctrl\+C/m)
    terminal.type('\x03\x03')
    expect((await terminal.exit).code).to.equal(0)
  }).timeout(60_000)
})
