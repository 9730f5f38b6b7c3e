import {expect} from 'chai'
import {setStage} from '../support/sign-in-stage.js'

const COMMANDS = ['login', 'logout', 'whoami', 'model', 'mcp', 'attach', 'clear', 'help', 'quit']

describe('what the keys of the app show', () => {
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

  it('marks the model that answers, and forgets the choice for the default', async () => {
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
})
