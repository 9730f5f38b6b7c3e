import {expect} from 'chai'
import {jsonErrorOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

describe('an invalid command line', () => {
  const stage = setStage()

  it('is reported on one line at a terminal with colours, completely', async () => {
    const args = ['login', '--device', '--no-browser']
    const terminal = stage.terminal(args, {env: {FORCE_COLOR: '1'}})
    expect((await terminal.exit).code).to.equal(2)
    const {message, remedy} = jsonErrorOf(await stage.run([...args, '--json']))
    const shown = terminal.screen().trim().split('\n')
    expect(shown).to.deep.equal([`Error: ${message}`, remedy])
    expect(message)
      .to.include('--device')
      .and.to.include('--no-browser')
      .and.not.to.match(/\[\d+m/)
  })

  for (const command of ['whoami', 'logout', 'login', 'logs verify', 'plugins update']) {
    it(`is an argument that ${command} does not take: exit 2, in JSON too`, async () => {
      const args = [...command.split(' '), 'extra']
      const [text, json] = await Promise.all([stage.run(args), stage.run([...args, '--json'])])
      expect(text.code).to.equal(2)
      const error = jsonErrorOf(json)
      expect(error).to.include({code: 'USAGE', exitCode: 2})
      expect(error.message).to.include('"extra"').and.to.include(`mogplex ${command}`)
      expect(error.remedy).to.include(`mogplex ${command} --help`)
      expect(text.stderr).to.include(error.message)
    })
  }
})
