import {expect} from 'chai'
import {BROWSER_FAILED} from '../../src/app/sign-in/login-progress.js'
import {fakeProgram} from '../support/fake-program.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

describe('a browser that stays open', () => {
  const stage = setStage()

  it('does not delay the end of the login, nor print to its terminal', async () => {
    const browser = await fakeProgram(stage.home, 'browser', 'exec sleep 600')
    const terminal = stage.terminal(['login'], {env: {PATH: browser.PATH, BROWSER: 'browser'}})
    const address = await addressAt(terminal)
    const [pid] = await browser.seen()
    await stage.cloud.browser('ada@example.test').visit(address)
    expect((await terminal.exit).code).to.equal(0)
    process.kill(Number(pid), 0) // throws if it no longer runs
    expect(terminal.raw()).not.to.include('noise of a browser')
    expect(terminal.raw()).not.to.include(BROWSER_FAILED)
  })

  it('is reported at once as not opened, where every command fails', async () => {
    const {PATH} = await fakeProgram(stage.home, 'browser', 'exit 1')
    const terminal = stage.terminal(['login'], {env: {PATH, BROWSER: '"browser":browser'}})
    await terminal.see(BROWSER_FAILED)
    expect(terminal.raw()).not.to.include('noise of a browser')
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    expect((await terminal.exit).code).to.equal(0)
  })
})
