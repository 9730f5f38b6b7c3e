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
})
