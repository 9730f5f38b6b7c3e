import {expect} from 'chai'
import {SIGN_IN_QUESTION} from '../../src/app/sign-in/login-screen.js'
import {ONCE_MORE} from '../../src/app/run/run-keys.js'
import {NoModelCredentialError} from '../../src/domain/errors/authentication.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

const UNPAID = new NoModelCredentialError().message

describe('the app, from the first run to the first answer and out again', () => {
  const stage = setStage({inferenceAccepts: 'oauth'})

  it('signs in, answers, signs out with a receipt, and uses nothing of the old login', async () => {
    const terminal = stage.terminal([], {env: {BROWSER: 'true'}, columns: 100, rows: 40})
    await terminal.see(SIGN_IN_QUESTION)
    terminal.press('enter')
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    await terminal.see('ada@example.test · mogplex: default model · your login pays')
    terminal.type('Count to three.\r')
    await terminal.see(/canned by the local cloud/)
    await terminal.see(/tokens in, \d+ out[^]*\n› /) // the prompt is back
    terminal.type('/logout\r')
    await terminal.see(/nothing pays: \/login/)
    const before = stage.cloud.requests.length
    terminal.type('Are you there?\r')
    await terminal.see(UNPAID)
    expect(stage.cloud.requests.slice(before).map(({path}) => path)).to.deep.equal([])
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.raw().endsWith('\u001B[?2004h')).to.equal(false)
  })

  it('chooses a model, and uses it', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([], {columns: 100, rows: 40})
    await terminal.see('your login pays')
    terminal.type('/model openai/gpt-5\r')
    await terminal.see('ada@example.test · mogplex: openai/gpt-5 · your login pays')
    terminal.type('Who are you?\r')
    await terminal.see(/mogplex: openai\/gpt-5, \d+ tokens in/)
    terminal.press('ctrl+d')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('finds problems with /doctor', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([], {columns: 100, rows: 40})
    await terminal.see('your login pays')
    terminal.type('/doctor\r')
    await terminal.see(/fine +auth-file +~\/\.mogplex\/auth\.json is whole/)
    await terminal.see('All is well.')
    terminal.press('ctrl+d')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('notices that another terminal signed out, and uses nothing of that login', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([], {columns: 100})
    await terminal.see('ada@example.test · mogplex: default model')
    expect((await stage.run(['logout'])).code).to.equal(0)
    await terminal.see('no Mogplex account')
    terminal.type('Still there?\r')
    await terminal.see(UNPAID)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('rejects an unknown command at once, and names the nearest one', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([], {columns: 100})
    await terminal.see('your login pays')
    const before = stage.cloud.requests.length
    terminal.type('/logot\r')
    await terminal.see('Did you mean /logout?')
    expect(stage.cloud.requests).to.have.length(before)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('leaves on two Ctrl+C, and one clears the line', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([], {columns: 100})
    await terminal.see('your login pays')
    terminal.type('half a thought')
    await terminal.see('half a thought')
    terminal.press('ctrl+c')
    await terminal.see(/› Ask anything/)
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('says what the account lacks, and stays signed in', async () => {
    await stage.putLogin('grace@example.test')
    const terminal = stage.terminal([], {columns: 100, rows: 40})
    await terminal.see('grace@example.test')
    terminal.type('Hello?\r')
    await terminal.see(/Plans & Billing|Available Models/)
    terminal.type('/whoami\r')
    await terminal.see('grace@example.test (Grace Hopper)')
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('shows a run, and returns to the prompt', async () => {
    await stage.putLogin()
    const runId = stage.cloud.startRun('ada@example.test')
    const terminal = stage.terminal([], {columns: 100, rows: 40})
    await terminal.see('your login pays')
    terminal.type(`/attach ${runId}\r`)
    await terminal.see(`Run ${runId}`)
    terminal.press('ctrl+c')
    await terminal.see(ONCE_MORE)
    terminal.press('ctrl+c')
    await terminal.see(`Run /attach ${runId} to follow it again.`)
    terminal.type('/attach no-such-run\r')
    await terminal.see('There is no such run')
    const other = stage.cloud.startRun('ada@example.test')
    terminal.type(`/attach ${other}\r`)
    await terminal.see(`Run ${other}`)
    terminal.type('\x03\x03')
    await terminal.see(`Run /attach ${other} to follow it again.`)
    terminal.type('/attach ')
    await terminal.see(new RegExp(`^ {2}${other}.*\n {2}${runId}`, 'm'))
    expect(terminal.screen()).not.to.match(/^ {2}no-such-run/m)
    terminal.press('ctrl+c')
    await terminal.see('› Ask anything')
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('works with plain lines where the terminal is dumb', async () => {
    await stage.putLogin()
    const terminal = stage.terminal([], {env: {TERM: 'dumb'}})
    await terminal.see('ada@example.test')
    terminal.type('Hello?\r')
    await terminal.see(/tokens? in, \d+ out/)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.raw()).not.to.include('\u001B')
  })
})
