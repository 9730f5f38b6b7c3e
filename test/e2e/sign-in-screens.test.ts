import {expect} from 'chai'
import {SIGN_IN_QUESTION, WELCOME} from '../../src/app/sign-in/login-screen.js'
import {COPIES} from '../../src/app/sign-in/sign-in-block.js'
import {SIGN_IN_INTERRUPTED} from '../../src/domain/errors/cancelled.js'
import {widthOf} from '../../src/terminal/cell-width.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'
import type {OpenTerminal} from '../support/terminal.js'

const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'
const WAITING = /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Waiting for the browser · [45]:\d\d left$/m

/** The screen as continuous text: where lines are broken is tested elsewhere. */
function flowing(terminal: OpenTerminal): string {
  return terminal.screen().replaceAll(/\s+/g, ' ')
}

/** No row of words is wider than the screen; an address may be, which the terminal wraps. */
function expectToFit(terminal: OpenTerminal, columns: number): void {
  const wide = terminal
    .scrollback()
    .split('\n')
    .filter((line) => widthOf(line) > columns && !/^\s*https?:\S+$/.test(line))
  expect(wide).to.deep.equal([])
}

describe('the first minute', function () {
  this.timeout(60_000)
  const stage = setStage({inferenceAccepts: 'oauth'})

  for (const columns of [120, 80, 40]) {
    it(`is a welcome, one block, one line, in ${columns} columns`, async () => {
      const terminal = stage.terminal([], {columns, rows: 30, env: {BROWSER: 'true'}})
      await terminal.see('Quit')
      expect(flowing(terminal)).to.include(WELCOME).and.include('Needs a browser')
      expect(flowing(terminal)).to.include('From http').and.include(SIGN_IN_QUESTION)
      expectToFit(terminal, columns)

      terminal.press('enter')
      const address = await addressAt(terminal)
      await terminal.see(WAITING)
      terminal.paste('https://example.test/not-the-address')
      await terminal.see('› •••• 36 characters')
      expectToFit(terminal, columns)
      terminal.press('enter')
      await terminal.see('That is another')
      await terminal.see(/› *$/m)
      expect(terminal.raw()).not.to.include('not-the-address')
      terminal.press('ctrl+y')
      await terminal.see('Copied')
      const encoded = Buffer.from(address).toString('base64')
      expect(terminal.raw()).to.include(`\u001B]52;c;${encoded}\u0007`)
      expect(terminal.raw()).not.to.include('\u001B]8;')

      terminal.press('escape')
      await terminal.see(SIGN_IN_INTERRUPTED)
      await terminal.see('❯ Sign in')
      expect(terminal.scrollback(), 'the block is gone').not.to.match(/response_type|Waiting/)
      terminal.press('enter')
      await stage.cloud.browser(ADA).visit(await addressAt(terminal))
      await terminal.see('Ask anything')
      expect(flowing(terminal)).to.match(
        /Signed in to \S+ as ada@example\.test .* until .* 12 models, 3 MCP servers\./,
      )
      expect(terminal.scrollback()).not.to.match(/response_type|Waiting|Syncing|Error/)
      expectToFit(terminal, columns)
    })
  }

  it('leaves nothing of the block when the window was resized', async () => {
    const env = {BROWSER: 'true', TERM_PROGRAM: 'vscode'} // the emulator is xterm.js
    for (const [columns, rows] of [
      [50, 40],
      [120, 40],
    ] as const) {
      const terminal = stage.terminal(['login'], {columns: 80, rows: 40, env})
      const address = await addressAt(terminal)
      terminal.resize(columns, rows)
      await terminal.see(WAITING)
      await stage.cloud.browser(ADA).visit(address)
      expect((await terminal.exit).code).to.equal(0)
      expect(terminal.scrollback()).to.match(/^Signed in to /m)
      expect(terminal.scrollback()).not.to.match(/response_type|Waiting|Opening/)
    }
  })

  it('makes one link of the address where the terminal supports links', async () => {
    const terminal = stage.terminal(['login'], {env: {BROWSER: 'true', FORCE_HYPERLINK: '1'}})
    const address = await addressAt(terminal)
    expect(terminal.raw()).to.include(`\u001B]8;id=mogplex;${address}\u001B\\${address}\u001B]8;;`)
    terminal.press('escape')
    const {code} = await terminal.exit
    expect(code).to.equal(130)
    expect(terminal.screen()).to.include(SIGN_IN_INTERRUPTED).and.not.include(COPIES)
    expect(terminal.screen()).not.to.include('Error')
  })

  it('shows an account without a model where to get one', async () => {
    const terminal = stage.terminal(['login'], {columns: 120, env: {BROWSER: 'true'}})
    await stage.cloud.browser(GRACE).visit(await addressAt(terminal))
    expect((await terminal.exit).code).to.equal(0)
    expect(flowing(terminal)).to.match(/Signed in to .*Available Models \(http.*Billing \(http/)
  })
})
