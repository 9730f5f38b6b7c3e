import {expect} from 'chai'
import {PLACEHOLDER} from '../../src/app/composer/prompt-rows.js'
import {SIGN_IN_QUESTION as QUESTION, WELCOME} from '../../src/app/sign-in/login-screen.js'
import {builtCli} from '../support/cli-environment.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

describe('the login screen', () => {
  const stage = setStage()

  it('introduces Mogplex, and offers three ways; the last one quits', async () => {
    const terminal = stage.terminal([])
    await terminal.see('Quit')
    expect(terminal.screen()).to.include(WELCOME).and.not.to.include('credential')
    expect(terminal.screen()).to.match(/❯ Sign in with Mogplex \(recommended\)/)
    terminal.press('up') // wraps around to the last one
    await terminal.see('❯ Quit')
    terminal.press('enter')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('signs in with the browser', async () => {
    const terminal = stage.terminal([], {env: {BROWSER: 'true'}})
    await terminal.see(QUESTION)
    terminal.press('enter')
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    await terminal.see('Signed in to')
    await terminal.see('12 models, 3 MCP servers.')
    await terminal.see(PLACEHOLDER)
    expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
  })

  it('comes back after Ctrl+C in a sign-in, and leaves on Ctrl+C at the screen itself', async () => {
    const terminal = stage.terminal([], {env: {BROWSER: 'true'}})
    await terminal.see(QUESTION)
    terminal.press('enter')
    await addressAt(terminal)
    terminal.press('ctrl+c')
    await terminal.see(/The sign-in was interrupted\.\s+\? How do you want to sign in\?/)
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.equal(130)
    expect(await stage.authText()).to.equal(undefined)
  })

  it('removes its list when nothing is chosen, and comes back', async () => {
    const terminal = stage.terminal([])
    await terminal.see(QUESTION)
    terminal.press('down')
    await terminal.see('❯ Use an API key')
    terminal.press('enter')
    await terminal.see('❯ Mogplex')
    expect(terminal.screen()).to.include('✔ How do you want to sign in? Use an API key')
    terminal.press('ctrl+c')
    await terminal.see(/Nothing was chosen\.\s+\? How do you want to sign in\?/)
    expect(terminal.screen()).not.to.include('Whose key is it?').and.not.to.include('Anthropic')
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.equal(130)
    expect(terminal.screen()).not.to.include('❯')
  })

  it('restores the terminal when a signal ends it, and does not come back', async () => {
    // The shell outlives the program, to print the terminal modes it left.
    const script = `trap : HUP TERM; sh -c 'echo "pid $$"; exec "$@"' sh "$0" "$@"; echo "code $?"; stty -a`
    const command = ['/bin/sh', '-c', script, ...builtCli] as const
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      const terminal = stage.terminal([], {command, env: {BROWSER: 'true'}, rows: 40})
      await terminal.see('❯ Sign in with Mogplex')
      const [, pid] = await terminal.see(/pid (\d+)/)
      if (signal === 'SIGHUP') {
        terminal.press('enter')
        await addressAt(terminal)
      }
      process.kill(Number(pid), signal)
      await terminal.see(`code ${code}`)
      await terminal.exit
      expect(terminal.raw().lastIndexOf('\x1b[?25h'), signal).to.be.greaterThan(
        terminal.raw().lastIndexOf('\x1b[?25l'),
      )
      for (const mode of ['icanon', 'echo', 'isig']) {
        expect(terminal.scrollback(), signal).to.match(new RegExp(`(^|\\s)${mode}(\\s|;|$)`, 'm'))
      }
    }
  }).timeout(60_000)

  it('stores a key of a provider without showing it', async () => {
    const terminal = stage.terminal([])
    await terminal.see(QUESTION)
    terminal.press('down')
    await terminal.see('❯ Use an API key')
    terminal.press('enter')
    await terminal.see('Whose key is it?')
    terminal.press('down')
    await terminal.see('❯ Anthropic')
    terminal.press('enter')
    await terminal.see(/Anthropic.*key/i)
    terminal.type(`${stage.secret('sk-ant-typed-at-the-login-screen')}\r`)
    await terminal.see('auth.json')
    expect(await stage.authText()).to.include('sk-ant-typed-at-the-login-screen')
  })

  it('asks again for an invalid key, and says why; Escape comes back', async () => {
    const terminal = stage.terminal([])
    await terminal.see(QUESTION)
    terminal.press('down')
    await terminal.see('❯ Use an API key')
    terminal.press('enter')
    await terminal.see('❯ Mogplex')
    terminal.press('enter')
    await terminal.see(/Mogplex.*key/i)
    terminal.type(`${stage.secret('sk-ant-of-somebody-else')}\r`)
    await terminal.see(/of Anthropic[^]+press Enter/)
    terminal.press('escape')
    await terminal.see(/The sign-in was interrupted\.\s+\? How do you want to sign in\?/)
    expect(terminal.scrollback()).not.to.include('Error:')
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.equal(130)
  })

  it('is used by numbers, without an escape sequence, where the terminal is dumb', async () => {
    const terminal = stage.terminal([], {env: {TERM: 'dumb'}})
    await terminal.see('3  Quit')
    terminal.type('7\r')
    await terminal.see('Type a number from 1 to 3')
    terminal.type('3\r')
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.raw()).not.to.include('\u001B')
  })
})
